package evaluate

import (
	"strconv"
	"strings"

	"dialograph/graph"
)

// statement is the scoring of one record against its gold.
type statement struct {
	score  *Score
	gold   *Gold
	record *graph.Record
	notes  []string
}

func (t *statement) note(what, name string) { t.notes = append(t.notes, what+" "+name) }

func (t *statement) event() {
	found, gold, optional := t.record.Event, t.gold.event, t.gold.optional
	t.parties()
	ordinal := ""
	if found.Ordinal != 0 {
		ordinal = strconv.Itoa(found.Ordinal)
	}
	t.score.value("ordinal", ordinal, gold.ordinal, nil, sameNumber)
	t.score.value("date", found.Date, gold.date, optional.date, sameDate)
	t.score.value("city", found.City, gold.city, optional.city, sameName)
	if gold.mode.truth() || isGiven(found.Mode) {
		t.score.value("mode", found.Mode, gold.mode, optional.mode, sameName)
	}
}

func (t *statement) parties() {
	var found []string
	for _, d := range t.record.Delegations {
		if d.Party != "" {
			found = append(found, d.Party)
		}
	}
	pairs, extra, missed := match(found, t.gold.event.parties, func(p string, g value) bool { return sameParty(p, g.name()) })
	t.score.count("parties", len(pairs), len(extra), len(missed))
}

func (t *statement) nextSession() {
	gold, found := t.gold.nextSession, t.record.NextSession
	said := found != nil && !isEmpty(*found)
	switch {
	case gold != nil && (gold.place.truth() || gold.date.truth()):
		hit := said && gold.isIn(*found)
		t.score.count("next_session", one(hit), one(said && !hit), one(!hit))
	case gold == nil && said && (found.City != "" || found.Date != "") && !t.gold.optional.nextSession:
		t.score.count("next_session", 0, 1, 0)
	}
}

// isIn tells whether the place and the year are somewhere in what was found.
func (g *goldNextSession) isIn(found graph.NextSession) bool {
	said := strings.Join([]string{found.City, found.Country, "", found.Host, found.Date}, " ")
	year := []rune(g.date.String())
	return (!g.place.truth() || strings.Contains(fold(said), fold(g.place.name()))) &&
		(!g.date.truth() || strings.Contains(said, string(year[:min(4, len(year))])))
}

// isEmpty tells whether JSON has nothing of the next session but {}.
func isEmpty(n graph.NextSession) bool {
	return n.Ordinal == 0 && n.Date == "" && n.City == "" && n.Country == "" && n.Host == "" && n.Note == "" && len(n.Support) == 0
}
