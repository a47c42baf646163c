package vocab

// recordClasses are the things that a record becomes.
func recordClasses() []Class {
	return []Class{
		{Record, "record", "record", "One reviewed file about one event. Its IRI is also the graph of what no source says, such as the review itself.", []Use{
			one(EventOf), one(Review).from("Reviews"), maybe(Note),
		}},
		{Event, "event", "event", "One meeting: a session of a dialogue, a consultation, a conference. Each of its fields stands in the graphs of the sources that say so.", []Use{
			one(Name), many(AlternateName).to(String), maybe(Description), one(EventKind).from("EventKinds"), one(Status).from("EventStatuses"), maybe(StatusBasis),
			maybe(SuperEvent), maybe(SeriesID), maybe(SeriesName), maybe(Ordinal), maybe(Date), maybe(DateBasis).from("DateBases"), maybe(DateNote),
			maybe(Mode).from("EventModes"), maybe(Venue), maybe(CityName), maybe(City), maybe(CountryName), maybe(Country), many(Candidate).to(Place),
		}},
		{Delegation, "delegation", "delegation", "One side of a meeting, as its sources list the sides. A multilateral meeting may have none.", []Use{
			one(DelegationOf), one(Position), one(PartyName), maybe(Party), many(Candidate).to(Organization),
		}},
		{Participation, "participation", "participation", "Who took part in an event, as what, for whom, in which position. It names a person, a body or both.", []Use{
			one(EventOf), maybe(InDelegation), one(Position), one(Role).from("Roles"), maybe(PersonName), maybe(PersonLink), maybe(ActorName), maybe(Actor),
			maybe(PositionTitle), maybe(Side), maybe(SideName), maybe(AsWritten), maybe(Note), many(Candidate).to(Organization, Person),
		}},
		{Discussion, "discussion", "topic discussion", "A topic that came up at an event, and what was done with it.", []Use{
			one(EventOf), one(Position), one(Named), maybe(RefersTo).to(Concept), one(Stance).from("Stances"), maybe(AsWritten), maybe(Note), many(Candidate).to(Concept),
		}},
		{Reference, "reference", "reference", "A treaty, instrument, initiative, forum, resolution or other event that came up at an event, and how the sides stand to it.", []Use{
			one(EventOf), one(Position), one(Named), maybe(RefersTo).to(Legislation, Project, Organization, EventSeries),
			one(ReferenceKind).from("ReferenceKinds"), one(Stance).from("Stances"), maybe(AsWritten), maybe(Note),
			many(Candidate).to(Legislation, Project, Organization, EventSeries),
		}},
		{Outcome, "outcome", "outcome", "One result of an event, in the editors' words.", []Use{
			one(EventOf), one(Position), one(Text),
		}},
		{Quotation, "quotation", "quotation", "Who is quoted about an event, and on what; the words are those of the passage. A speaker quoted is not thereby a participant.", []Use{
			one(EventOf), one(Position), one(About), maybe(PersonName), maybe(PersonLink), maybe(ActorName), maybe(Actor), maybe(SideName), maybe(Side),
			many(Candidate).to(Organization, Person),
		}},
		{Threat, "threat", "named threat", "An actor that was named as a threat at an event. Never a participant.", []Use{
			one(EventOf), one(Position), one(Named), maybe(RefersTo).to(Organization), maybe(AsWritten), maybe(Note), many(Candidate).to(Organization),
		}},
		{Hiatus, "hiatus", "hiatus", "The time before an event in which no session was held, and why.", []Use{
			one(EventOf), maybe(Length), maybe(Reason),
		}},
		{PlannedSession, "planned", "planned session", "What was announced at an event of the session after it. Whether it was held is for its own record to say.", []Use{
			one(EventOf), maybe(Ordinal), maybe(Date), maybe(CityName), maybe(City), maybe(CountryName), maybe(Country), maybe(HostName), maybe(Host), maybe(Note),
			many(Candidate).to(Place, Organization),
		}},
		{Sequence, "sequence", "sequence", "A meeting that came before or after an event, as the sources of that event tell.", []Use{
			one(EventOf), one(When).from("preceded-by | followed-by"), one(Position), one(Named), maybe(EventID), maybe(RefersTo).to(Event), maybe(Note),
		}},
		{Mention, "name", "mention", "One name in a list of names: a host of an event, an organiser of a meeting before or after it.", []Use{
			one(MentionOf), one(Role).from("host | organiser"), one(Position), one(Named), maybe(RefersTo).to(Organization), many(Candidate).to(Organization),
		}},
		{Claim, "claim", "claim", "A field on which sources disagree. Every value stays, each a claimed value.", []Use{
			one(ClaimOf).to(Event, Legislation, Project, EventSeries), one(Position), one(Field), maybe(Note),
		}},
		{ClaimedValue, "claim", "claimed value", "One of the values that sources give for a field. It stands in the graphs of those sources.", []Use{
			one(ClaimOf).to(Claim), one(Position), one(Value), maybe(Preferred),
		}},
	}
}

// authorityClasses are the things that an authority file becomes.
func authorityClasses() []Class {
	return []Class{
		{Organization, "actor", "actor", "A state, union, ministry, agency or other body that can take part or be spoken of.", entry(
			one(ActorKind).from("ActorKinds"), maybe(Country), maybe(SubOrgOf).to(Organization), maybe(Replaces), maybe(Existed), maybe(Ceased),
		)},
		{Person, "person", "person", "A human being who acts for someone. Offices are held positions.", entry(
			maybe(Side),
		)},
		{Concept, "topic", "topic", "What is talked about, as a SKOS concept.", entry(
			one(PrefLabel), many(AltLabel), maybe(Definition), many(Broader), many(Related),
		)},
		{Legislation, "instrument", "instrument", "A treaty, resolution, report, declaration, code or other text that states adopt or refer to.", entry(
			one(InstrumentKnd).from("InstrumentKinds"), maybe(Notation), maybe(SubOrgOf).to(Legislation), maybe(Adopted), maybe(Opened), maybe(InForce),
		)},
		{Project, "initiative", "initiative", "A coalition, process or proposal that states join or support.", entry(
			maybe(InitiativeKnd), maybe(Launched),
		)},
		{Place, "place", "place", "A country, region or city. A state is an actor, linked to its place.", entry(
			one(PlaceKind).from("PlaceKinds"), maybe(Code), maybe(ContainedIn), many(Demonym),
		)},
		{EventSeries, "series", "series", "A row of events under one heading.", entry(
			maybe(SeriesKind).from("SeriesKinds"), many(Party), maybe(Since),
		)},
		{Membership, "membership", "membership", "An actor's part in an instrument, initiative, alliance or forum: its standing, and the dates that count.", []Use{
			one(OrgOf).to(Organization, Legislation, Project), one(OrgMember), one(Position), maybe(Status).from("PartyStatuses"),
			maybe(Signature), maybe(Date), maybe(InForce), maybe(Note),
		}},
		{StatedCount, "count", "stated count", "How many parties, signatories or members a source states, and when.", []Use{
			one(OrgOf).to(Legislation, Project), one(Position), one(Number), one(Status).from("PartyStatuses"), maybe(Date), maybe(Note),
		}},
		{HeldPosition, "position", "held position", "An office that a person held at a time when a source shows it.", []Use{
			one(PositionOf), one(Position), one(PositionTitle), maybe(Actor), maybe(AsOf),
		}},
		{SpelledName, "name", "name", "A name of an entry of which there is more to say than its text: a misspelling, a former name, a transliteration.", []Use{
			one(NameOf), one(Text).to(String, LangStr), maybe(NameKind).from("NameKinds"), maybe(Note),
		}},
		{Judgement, "judgement", "judgement", "Whether two names or entries are the same thing, who says so and why. Nothing is merged by it in silence.", []Use{
			one(Judged), one(JudgedWith), one(Verdict).from("Verdicts"), one(By), one(Why), maybe(Date),
		}},
	}
}

// entry adds the fields that every authority entry has.
func entry(more ...Use) []Use {
	return append([]Use{
		one(Name), maybe(Acronym), many(AlternateName), maybe(Description), maybe(Website), many(SameAs), maybe(Note), maybe(Provisional),
	}, more...)
}

// sourceClasses are where things were read. They stand in the provenance graph.
func sourceClasses() []Class {
	return []Class{
		{CreativeWork, "source", "source", "A document that records and authority files rely on, the same for all that cite its address. Where they describe it in different words, all of these stay. Its IRI is also the graph of what it says as a whole.", []Use{
			maybe(URL), many(Title), many(Publisher), many(Issued), many(Retrieved), many(InLanguage), many(EncodingFormat), many(SHA256),
		}},
		{SpecificPart, "passage", "passage", "A verbatim stretch of a source: half-open range of code points in its normalised text, and the words. Its IRI is also the graph of what it says.", []Use{
			one(HasSource), one(Start), one(End), one(Exact), maybe(Prefix), maybe(Suffix),
		}},
		{Citation, "citation", "citation", "What one record takes from one source, and how that record describes it.", []Use{
			one(CitedBy), one(Source), one(Position), one(LocalID), maybe(Supports), maybe(Note), many(CitesPassage),
			maybe(URL), maybe(Title), maybe(Publisher), maybe(Issued), maybe(Retrieved), maybe(InLanguage), maybe(EncodingFormat), maybe(SHA256),
		}},
		{Entity, "", "entity", "Borne by records and sources beside their own class, for readers that know PROV.", nil},
	}
}
