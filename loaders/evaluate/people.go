package evaluate

import (
	"slices"

	"dialograph/graph"
)

func (t *statement) chairs() {
	found := without(t.participants(), func(p graph.Participant) bool { return !isChair(p) })
	pairs, extra, missed := match(found, t.gold.chairs, func(p graph.Participant, g goldChair) bool {
		return anyOf(forms(p.Person, p.AsWritten), []string{g.person.name()}, samePerson)
	})
	extra = without(extra, func(p graph.Participant) bool {
		return anyOf([]string{p.Person}, namesOf(t.gold.optional.chairs), overlapsBy(0.5))
	})
	t.score.count("chairs", len(pairs), len(extra), len(missed))
	for _, p := range extra {
		t.note("chair+", p.Person)
	}
	for _, g := range missed {
		t.note("chair-", g.person.String())
	}
	for _, p := range pairs {
		t.chair(p.found, p.gold)
	}
}

func (t *statement) chair(found graph.Participant, gold goldChair) {
	t.score.value("chair.position", found.Position, gold.position, t.gold.optional.chairs, samePosition)
	if gold.organisation.truth() {
		t.score.value("chair.organisation", found.Organisation, gold.organisation, nil, sameOffice)
	}
	side := value{}
	if gold.side.truth() {
		side = textValue(party(gold.side.name()))
	}
	t.score.value("chair.side", party(found.Side), side, nil, sameName)
}

// members scores everybody who did not chair. A pair of one side is preferred:
// two sides may both send a ministry of the same name.
func (t *statement) members() {
	found := without(t.participants(), isChair)
	pairs, rest, left := match(found, t.gold.participants, func(p graph.Participant, g goldParticipant) bool {
		return (!g.side.truth() || sameParty(p.Side, g.side.name())) && sameParticipant(p, g)
	})
	astray, extra, missed := match(rest, left, sameParticipant)
	t.score.count("participant.side", len(pairs), len(astray), len(astray))
	extra = without(extra, t.isExcused)
	t.score.count("participants", len(pairs)+len(astray), len(extra), len(missed))
	for _, p := range slices.Concat(pairs, astray) {
		t.score.value("participant.role", p.found.Role, p.gold.role, alike(p.gold.role), sameName)
	}
	for _, p := range extra {
		names := forms(p.Person, p.Organisation, p.AsWritten)
		t.note("part+", textList(names[:min(1, len(names))]).String())
	}
	for _, g := range missed {
		t.note("part-", g.name.String())
	}
}

func sameParticipant(p graph.Participant, g goldParticipant) bool {
	person := g.kind.is("person")
	if person || p.Person != "" {
		return person && p.Person != "" && anyOf(forms(p.Person, p.AsWritten), []string{g.name.name()}, samePerson)
	}
	return anyOf(forms(p.Organisation, p.AsWritten), append([]string{g.name.name()}, namesOf(g.accept)...), sameOrg)
}

// isExcused tells whether somebody beyond gold counts neither way: whoever is
// optional, the organisation of a chair, and a party itself.
func (t *statement) isExcused(p graph.Participant) bool {
	if anyOf(forms(p.Person, p.Organisation, p.AsWritten), namesOf(t.gold.optional.participants), overlapsBy(0.5)) {
		return true
	}
	if p.Person != "" {
		return false
	}
	var ofChairs []string
	for _, g := range t.gold.chairs {
		if g.organisation.truth() {
			ofChairs = append(ofChairs, g.organisation.name())
		}
	}
	found := forms(p.Organisation, p.AsWritten)
	return anyOf(found, ofChairs, sameOrg) || anyOf(found, namesOf(t.gold.event.parties), sameParty)
}

// alike gives the roles that a statement seldom tells apart.
func alike(role value) []value {
	if role.is("accompanied") || role.is("member") {
		return []value{textValue("accompanied"), textValue("member")}
	}
	return nil
}

// forbidden scores the names that must not appear.
func (t *statement) forbidden() {
	present := without(t.gold.mustNot, func(m value) bool {
		return !slices.ContainsFunc(t.participants(), func(p graph.Participant) bool {
			same := sameText
			if p.Person != "" {
				same = samePerson
			}
			return anyOf(forms(p.Person, p.Organisation, p.AsWritten), []string{m.name()}, same)
		})
	})
	t.score.count("must_not", len(t.gold.mustNot)-len(present), len(present), 0)
	for _, m := range present {
		t.note("must_not!", m.String())
	}
}

// participants gives those of the delegations, each with its side, and then
// those of none.
func (t *statement) participants() []graph.Participant {
	var all []graph.Participant
	for _, d := range t.record.Delegations {
		for _, p := range d.Participants {
			p.Side = d.Party
			all = append(all, p)
		}
	}
	return append(all, t.record.Participants...)
}

func isChair(p graph.Participant) bool { return p.Person != "" && slices.Contains(chairRoles, p.Role) }
