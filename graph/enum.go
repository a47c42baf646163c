package graph

// Every value that a record may hold in a closed field, in the order in which
// documents list them. The tables are read only.
var (
	Reviews        = []string{"unreviewed", "needs-review", "reviewed"}
	EventKinds     = []string{"dialogue", "consultation", "working-group", "staff-talks", "track-1.5", "track-2", "conference", "summit", "session", "ministerial", "signing", "workshop", "other"}
	EventStatuses  = []string{"held", "planned", "postponed", "cancelled"}
	DateBases      = []string{"explicit", "inferred", "publication"}
	EventModes     = []string{"in-person", "virtual", "hybrid", "unknown"}
	Roles          = []string{"chair", "co-chair", "head-of-delegation", "member", "accompanied", "observer", "organiser", "host", "speaker", "signatory"}
	Stances        = []string{"discussed", "reaffirmed", "supported", "welcomed", "agreed", "condemned", "announced", "negotiated"}
	ReferenceKinds = []string{"treaty", "instrument", "initiative", "forum", "resolution", "event"}

	ActorKinds      = []string{"state", "union", "ministry", "agency", "cert", "mission", "institute", "university", "think-tank", "alliance", "international-organisation", "forum", "company", "association", "project", "group", "office", "other"}
	InstrumentKinds = []string{"treaty", "protocol", "resolution", "report", "declaration", "statement", "decision", "memorandum", "framework", "strategy", "law", "code", "plan", "study", "other"}
	PartyStatuses   = []string{"party", "signatory", "supporter", "member", "observer", "invited", "denied"}
	PlaceKinds      = []string{"country", "city", "region"}
	NameKinds       = []string{"alias", "acronym", "former", "native", "transliteration", "misspelling"}
	Verdicts        = []string{"same", "different", "unsure"}
)

// SeriesKinds tells how many sides a series has.
var SeriesKinds = []string{"bilateral", "trilateral", "minilateral", "multilateral", "regional", "track-1.5", "track-2", "other"}
