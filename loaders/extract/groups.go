package extract

// peopleAfter gives the people who stand together after a token.
func (rd *reading) peopleAfter(s *sentence, at, reach int) []*chunk {
	var group []*chunk
	for _, c := range s.of(personChunk) {
		if c.first < at {
			continue
		}
		if len(group) == 0 {
			if c.first-at > reach || rd.barred(s, at, c.first) {
				return nil
			}
		} else if !rd.glued(s, group[len(group)-1].last, c.first) {
			break
		}
		group = append(group, c)
	}
	return group
}

func (rd *reading) peopleBefore(s *sentence, at, reach int) []*chunk {
	var group []*chunk
	all := s.of(personChunk)
	for i := len(all) - 1; i >= 0; i-- {
		c := all[i]
		if c.last > at {
			continue
		}
		if len(group) == 0 {
			if end := rd.asideEnd(s, c.last, at); end > 0 && at-end <= reach {
				group = append(group, c)
				continue
			}
			if at-c.last > reach || rd.barred(s, c.last, at) || rd.barredBefore(s, c.last, at) {
				return nil
			}
		} else if !rd.glued(s, c.last, group[0].first) && !(rd.asideEnd(s, c.last, group[0].first) > 0 && group[0].first-c.last < 40) {
			break
		}
		group = append([]*chunk{c}, group...)
	}
	return group
}

// asideEnd gives the end of a clause such as ", who is also …," that stands
// between a person and a verb; 0 where there is none.
func (rd *reading) asideEnd(s *sentence, first, last int) int {
	if s.fold(first) != "," {
		return 0
	}
	if w := s.fold(first + 1); w != "who" && w != "where" && w != "which" && w != "whose" {
		return 0
	}
	for i := min(last, len(s.toks)) - 1; i > first+1; i-- {
		if s.fold(i) == "," {
			return i + 1
		}
	}
	return 0
}

// barredBefore tells of another verb between a subject and its verb.
func (rd *reading) barredBefore(s *sentence, first, last int) bool {
	for i := first; i < last; i++ {
		switch s.word(i) {
		case "was", "were":
			if i < last-2 {
				return true
			}
		case "delegation", "side", "said", "told", "accompanied", "attended", "joined", "participated":
			return s.word(i) != "delegation" && s.word(i) != "side" || s.fold(i-1) != "own"
		}
	}
	return false
}

// barred tells whether something stands between a cue and a person that keeps
// them apart.
func (rd *reading) barred(s *sentence, first, last int) bool {
	return s.anyWithin(rd.lex().partsPeople, first, last)
}

func (rd *reading) glued(s *sentence, first, last int) bool {
	lex := rd.lex()
	if last-first > 16 {
		return false
	}
	for i := first; i < last; i++ {
		if lex.joinsPeople[s.word(i)] || lex.joinsPeople[s.fold(i)] || s.covering(i, partyChunk) != nil || s.covering(i, placeChunk) != nil || lex.is("honorific", s.fold(i)) {
			continue
		}
		return false
	}
	return true
}

// peopleNear takes those on whichever side of a cue stands nearer; a cue in
// brackets belongs to the person before it.
func (rd *reading) peopleNear(s *sentence, c cue) []*chunk {
	if holder := s.covering(c.first, personChunk); holder != nil {
		// "X, Director and head of the Indian delegation"
		return []*chunk{holder}
	}
	before, after := rd.peopleBefore(s, c.first, 8), rd.peopleAfter(s, c.last, 12)
	if len(before) == 0 || len(after) == 0 {
		return append(before, after...)
	}
	for i := c.first - 1; i >= before[len(before)-1].last; i-- {
		if s.fold(i) == "(" {
			return before
		}
	}
	for i := c.last; i < after[0].first; i++ {
		switch s.fold(i) {
		case ":", "was", "were", "is", "are":
			return after
		}
	}
	if c.first-before[len(before)-1].last <= after[0].first-c.last {
		return before
	}
	return after
}
