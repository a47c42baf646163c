package extract

import (
	"fmt"
	"os"
	"testing"

	"dialograph/graph"
	"dialograph/loaders"
	"dialograph/loaders/source"
	"dialograph/seeds"
)

func TestDebug(t *testing.T) {
	text := os.Getenv("T")
	if text == "" {
		t.Skip()
	}
	inputs, _ := loaders.FromFS(seeds.FS, "seeds/")
	a := &graph.Authority{}
	for _, d := range loaders.Read(inputs).Documents {
		if d.Authority != nil {
			a.Append(d.Authority)
		}
	}
	x, err := New(a)
	if err != nil {
		t.Fatal(err)
	}
	d, err := source.Read("t.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	rd := &reading{x: x, doc: d, acronyms: map[string]*body{}, meetingNames: map[string]string{}}
	rd.sentences()
	rd.published()
	rd.main()
	fmt.Println("told", rd.told, "reason", rd.reason, "status", rd.event.status)
	for _, s := range rd.event.sides {
		fmt.Println("side", s.slug, s.name)
	}
	for _, s := range rd.sents {
		fmt.Printf("--- %s %q\n", s.kind, s.whole())
		names := []string{"party", "body", "PERSON", "date", "place", "MEETING", "ref"}
		for _, c := range s.chunks {
			fmt.Printf("  %s[%d,%d) %q", names[c.kind], c.first, c.last, s.line(c.first, c.last))
			if c.person != nil {
				fmt.Printf(" name=%q pos=%q sure=%v home=%s", c.person.name, c.person.position, c.person.sure, c.person.home)
				if c.person.body != nil {
					fmt.Printf(" body=%q", c.person.body.body.name)
				}
			}
			if c.body != nil {
				fmt.Printf(" name=%q home=%s ids=%v weak=%v part=%v", c.body.name, c.body.home, c.body.ids, c.body.weak, c.body.part)
			}
			if c.meeting != nil {
				fmt.Printf(" ord=%d kind=%s other=%v status=%s w=%d main=%v parties=%d", c.meeting.ordinal, c.meeting.kind, c.meeting.other, rd.statusOf(s, c), rd.weigh(s, c.meeting), c.meeting == rd.event.main, len(c.meeting.parties))
			}
			fmt.Println()
		}
		for _, c := range s.cues {
			fmt.Printf("  cue %s %q\n", c.rule.ID, s.line(c.first, c.last))
		}
	}
	for _, p := range rd.chairs {
		fmt.Println("CHAIR", p.person.name, "|", p.person.position, "|", p.side, p.role, p.rule)
	}
	for _, p := range rd.members {
		if p.person != nil {
			fmt.Println("MEMBER", p.person.name, p.side, p.role, p.rule)
		} else {
			fmt.Println("MEMBER", p.body.name, p.side, p.role, p.rule)
		}
	}
	for _, p := range rd.topics {
		fmt.Println("TOPIC", p.written, "|", p.rule)
	}
	for _, p := range rd.refs {
		fmt.Println("REF", p.name, p.kind)
	}
	fmt.Println("NEXT", rd.next)
}
