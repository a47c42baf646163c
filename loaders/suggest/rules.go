package suggest

// likeness is how alike two names are. Each level includes those below it.
type likeness int

const (
	unlike   likeness = iota
	oneName           // a given or a family name is the same, the other may be anything
	akin              // … and the other is not wholly different; or all are somewhat alike
	misspelt          // every part is the same or misspelt by a letter or two
	variant           // every part is the same under some romanisation, or an initial of it
	exact             // the same letters, cut, ordered or abridged otherwise
)

// officeLikeness is how alike two positions are.
type officeLikeness int

const (
	otherOffice officeLikeness = iota - 1
	unknownOffice
	nearOffice
	sameOffice
)

// rule asks of two names how much else must be alike, given how alike they are.
// What is not asked for may be anything, but another side never is.
type rule struct {
	names    likeness
	meeting  bool           // both took part in one meeting
	office   officeLikeness // at least
	body     bool           // both are of one body, or sat in one series
	sameSide bool           // the side is known and the same
	opposed  bool           // may stand although they held other offices in one meeting
	says     string
}

// personRules are tried in this order; only what the first satisfied one finds
// is suggested.
var personRules = []rule{
	{names: variant, meeting: true, office: nearOffice, says: "one meeting and office, a variant of the name"},
	{names: misspelt, meeting: true, office: nearOffice, says: "one meeting and office, a slip in the name"},
	{names: akin, meeting: true, office: nearOffice, says: "one meeting and office, a name like it"},
	{names: oneName, meeting: true, office: sameOffice, says: "one meeting and the very office, a name in common"},
	{names: exact, sameSide: true, opposed: true, office: otherOffice, says: "one side, the same letters"},
	{names: misspelt, office: nearOffice, says: "one office at another time, a slip in the name"},
	{names: misspelt, meeting: true, office: unknownOffice, says: "one meeting, office unknown, a slip in the name"},
	{names: variant, body: true, sameSide: true, office: otherOffice, says: "one body or series, a variant of the name"},
}

// bodyRules are the same for organisations, which hold no office.
var bodyRules = []rule{
	{names: exact, sameSide: true, office: otherOffice, says: "one side, the same words"},
	{names: misspelt, sameSide: true, office: otherOffice, says: "one side, a word misspelt"},
	{names: akin, sameSide: true, meeting: true, office: otherOffice, says: "one side and meeting, initials of the name"},
	{names: akin, sameSide: true, body: true, office: otherOffice, says: "one side and series, initials of the name"},
	{names: misspelt, meeting: true, office: otherOffice, says: "one meeting, side unknown, a word misspelt"},
}

// satisfies tells whether the evidence is what a rule asks for.
func (e evidence) satisfies(r rule) bool {
	return e.side != otherSide &&
		e.names.level >= r.names &&
		e.office >= r.office &&
		(e.meeting != "" || !r.meeting) &&
		(e.body != "" || e.series != "" || !r.body) &&
		(e.side == sameSide || !r.sameSide) &&
		(!e.opposed || r.opposed)
}
