"""An invented edition as views: a bridge that was closed, told by five outlets in three languages, and its neighbours.

`Shelf` answers as a store would. Places are found by their words, so that a changed text cannot leave them behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, date, datetime

from stemma.errors import NotFoundError
from stemma.store.followed import SourceView
from stemma.store.listings import (
    ArrivalView,
    ChangedView,
    OutletRow,
    OutletView,
    PersonRow,
    PersonView,
    SayingView,
    SearchHit,
    StoreCounts,
    ThreadView,
)
from stemma.store.views import (
    AddedView,
    ArticleRow,
    ArticleView,
    ChangeView,
    ComparedValueView,
    ComparisonView,
    CopyView,
    DocumentView,
    EmbeddedView,
    FigureView,
    GlancedArticle,
    GlancedCopy,
    GlanceView,
    ImageView,
    PlaceView,
    PublishedView,
    QuoteView,
    RevisionChangeView,
    RevisionView,
    SentenceView,
    StoryRow,
    StoryView,
    TimelineView,
)

SEEN = datetime(2031, 5, 14, 6, 30, tzinfo=UTC)
UNDATED = PublishedView(stated=None, earliest=None, latest=None, basis=())


def on(day: int, *, clock: str = "", basis: tuple[str, ...] = ("json-ld",)) -> PublishedView:
    """A certain day of May 2031."""
    d = date(2031, 5, day)
    clues = tuple((b, f"{d.isoformat()}{clock}", d, d) for b in basis)
    return PublishedView(stated=f"{d.isoformat()}{clock}", earliest=d, latest=d, basis=basis, clues=clues)


def between(first: int, last: int) -> PublishedView:
    """Two days of May 2031 and what is between them."""
    a, b = date(2031, 5, first), date(2031, 5, last)
    return PublishedView(
        stated=None,
        earliest=a,
        latest=b,
        basis=("text",),
        clues=(("text", "on Tuesday", a, b), ("archive", "2031-05-20", None, None)),
    )


TEXTS = {
    1: "NORVALE. The Tannet bridge was closed on Monday night after inspectors found cracks in two of its piers, the city "
    "said. At least 14,000 vehicles cross the bridge each day.\n\n"
    "“We will not reopen it before every pier has been looked at,” the mayor, Ilse Marrant, said on Tuesday. She put the "
    "cost of the repair at 3.2 million crowns.\n\n"
    "Two ferries run between the banks from six in the morning. The harbour master, Joren Pell, said that the boats could "
    "carry about 900 people an hour.\n\n"
    "The bridge was built in 1961 and was last repaired twelve years ago.",
    2: "The Tannet bridge was closed on Monday night after inspectors found cracks in two of its piers. At least 14,000 "
    "vehicles cross the bridge each day.\n\n"
    "“We will not reopen it before every pier has been looked at,” Ilse Marrant, the mayor, said.",
    3: "The main bridge of Norvale is shut, and it may stay so for months. Inspectors came upon damage in three piers late on "
    "Monday.\n\n“We won’t open it again until all the piers have been checked,” mayor Ilse Marrant told reporters. “This is "
    "the price of twenty years of looking away,” she added.\n\nThe repair will cost more than 3 million crowns. Some 14,000 "
    "cars use the bridge every day.",
    4: "Die Tannet-Brücke in Norvale ist seit Montagabend gesperrt. Prüfer fanden Risse in zwei Pfeilern.\n\n"
    "„Wir öffnen sie erst, wenn jeder Pfeiler untersucht ist“, sagte Bürgermeisterin Ilse Marrant. Täglich fahren 14.000 "
    "Fahrzeuge über die Brücke. Die Kosten schätzt die Stadt auf 4,1 Millionen Kronen.",
    5: "أُغلق جسر تانيت في نورفال مساء الاثنين بعد العثور على شقوق في دعامتين من دعاماته. وقالت رئيسة البلدية إيلسه مارانت: «لن نعيد فتحه قبل فحص كل دعامة».",
    6: "The Tannet bridge was closed on Monday night after inspectors found cracks in two of its piers, the city said.",
    7: "Fishermen of Norvale have landed 40 tonnes of smelt in a single night, a record for the estuary.\n\n"
    "“I have never seen the quay so full,” said Oda Finn, who has run the fish market since 2009.",
}

OUTLETS = {
    1: "Norvale Gazette",
    2: "Pelham Courier",
    3: "The Kestrel",
    4: "Ostbote",
    5: "صوت الميناء",
    6: "Morning List",
    7: "Estuary News",
}
TITLES = {
    1: "Tannet bridge closed after cracks are found in two piers",
    2: "Cracks close Tannet bridge",
    3: "Norvale’s main bridge shut for months",
    4: "Tannet-Brücke nach Rissen gesperrt",
    5: "إغلاق جسر تانيت بعد العثور على شقوق",
    6: None,
    7: "Smelt by the tonne: a record night on the estuary",
}
LANGUAGES = {4: "de", 5: "ar"}
PUBLISHED = {
    1: on(13, clock="T07:40:00+02:00", basis=("json-ld", "visible")),
    2: on(13),
    3: between(13, 14),
    4: on(14, basis=("meta",)),
    5: between(13, 14),
    6: UNDATED,
    7: on(12),
}
SOURCES = {6: "https://gazette.norvale.example/tannet-bridge-closed", 5: "javascript:alert(1)"}


def place(article: int, words: str, texts: Mapping[int, str] = TEXTS) -> PlaceView:
    """Where the words stand in the article."""
    start = texts[article].index(words)
    return PlaceView(article=article, start=start, end=start + len(words), words=words)


def sentence(text: str, *places: PlaceView, added: tuple[AddedView, ...] = ()) -> SentenceView:
    """A cited sentence."""
    return SentenceView(text=text, citations=places, added=added)


def quote(at: PlaceView, speaker: str | None, kind: str = "direct") -> QuoteView:
    """A quotation in one piece."""
    return QuoteView(place=at, pieces=(at,), kind=kind, speaker=speaker, speaker_place=None, cue="said")


def figure(
    at: PlaceView,
    low: float | None,
    high: float | None,
    *,
    unit: str | None,
    of: str,
    qualifier: str,
    said_by: str | None = None,
) -> FigureView:
    """A mention of a quantity."""
    return FigureView(
        place=at,
        low=low,
        high=high,
        unit=unit,
        of=of,
        qualifier=qualifier,
        where=None,
        as_of=None,
        said_by=said_by,
    )


QUOTES = (
    quote(place(1, "“We will not reopen it before every pier has been looked at,”"), "Ilse Marrant"),
    quote(place(2, "“We will not reopen it before every pier has been looked at,”"), "Ilse Marrant"),
    quote(place(3, "“We won’t open it again until all the piers have been checked,”"), "Ilse Marrant"),
    quote(place(3, "“This is the price of twenty years of looking away,”"), "Marrant"),
    quote(place(4, "„Wir öffnen sie erst, wenn jeder Pfeiler untersucht ist“"), "Ilse Marrant"),
    quote(place(5, "«لن نعيد فتحه قبل فحص كل دعامة»"), "إيلسه مارانت"),
    quote(place(1, "that the boats could carry about 900 people an hour"), "Joren Pell", "indirect"),
)
FIGURES = (
    figure(place(1, "At least 14,000"), 14000, None, unit=None, of="vehicles a day", qualifier="at least"),
    figure(place(2, "At least 14,000"), 14000, None, unit=None, of="vehicles a day", qualifier="at least"),
    figure(place(3, "Some 14,000"), 14000, 14000, unit=None, of="cars a day", qualifier="about"),
    figure(place(4, "14.000"), 14000, 14000, unit=None, of="Fahrzeuge", qualifier="exact"),
    figure(
        place(1, "3.2 million crowns"),
        3.2e6,
        3.2e6,
        unit="crowns",
        of="repair",
        qualifier="exact",
        said_by="Ilse Marrant",
    ),
    figure(
        place(3, "more than 3 million crowns"), 3e6, None, unit="crowns", of="repair", qualifier="more than"
    ),
    figure(
        place(4, "4,1 Millionen Kronen"),
        4.1e6,
        4.1e6,
        unit="crowns",
        of="repair",
        qualifier="exact",
        said_by="die Stadt",
    ),
    figure(place(1, "two of its piers"), 2, 2, unit=None, of="piers with cracks", qualifier="exact"),
    figure(place(3, "three piers"), 3, 3, unit=None, of="piers with cracks", qualifier="exact"),
)


def _value(at: PlaceView, low: float | None, high: float | None) -> ComparedValueView:
    return ComparedValueView(place=at, low=low, high=high, before="Found were ", after=" in all.")


COMPARISONS = (
    ComparisonView(
        about="vehicles a day",
        relation="agree",
        values=tuple(_value(f.place, f.low, f.high) for f in FIGURES[:4]),
    ),
    ComparisonView(
        about="cost of the repair",
        relation="contradiction",
        values=tuple(_value(f.place, f.low, f.high) for f in FIGURES[4:7]),
    ),
    ComparisonView(
        about="piers with cracks",
        relation="revision",
        values=tuple(_value(f.place, f.low, f.high) for f in FIGURES[7:9]),
    ),
)

COPIES = (
    CopyView(child=1, parent=None, origin="Meridian Wire", kind="edited", direction="decided", containment=0.0, confidence=0.7, evidence=("credit line",), changes=()),
    CopyView(
        child=2, parent=1, origin=None, kind="edited", direction="decided", containment=0.82, confidence=0.97,
        evidence=("34 of 42 word sequences are shared", "published on the same day, later clock"),
        changes=(
            ChangeView(kind="hedge", detail="lost", child=None, parent=place(1, "the city said")),
            ChangeView(kind="title", detail="changed", child=None, parent=None),
            ChangeView(kind="dropped", detail=None, child=None, parent=place(1, "Two ferries run between the banks from six in the morning.")),
        ),
    ),
    CopyView(
        child=3, parent=1, origin=None, kind="rewrite", direction="decided", containment=0.041, confidence=0.81,
        evidence=("sentence by sentence in the same order",),
        changes=(
            ChangeView(
                kind="quote", detail="reworded",
                child=place(3, "“We won’t open it again until all the piers have been checked,”"),
                parent=place(1, "“We will not reopen it before every pier has been looked at,”"),
            ),
            ChangeView(kind="quote", detail="invented", child=place(3, "“This is the price of twenty years of looking away,”"), parent=None),
            ChangeView(kind="figure", detail="changed", child=place(3, "three piers"), parent=place(1, "two of its piers")),
            ChangeView(kind="figure", detail="rounded", child=place(3, "more than 3 million crowns"), parent=place(1, "3.2 million crowns")),
        ),
    ),
    CopyView(child=6, parent=1, origin=None, kind="excerpt", direction="undetermined", containment=1.0, confidence=0.99, evidence=(), changes=()),
)  # fmt: skip


def row(article: int) -> ArticleRow:
    """One line of coverage."""
    text = TEXTS[article]
    return ArticleRow(
        article=article,
        title=TITLES[article],
        outlet=OUTLETS[article],
        agency="Meridian Wire" if article == 1 else None,
        url=f"https://outlet{article}.example/2031/tannet?a=1&b=2",
        source_url=SOURCES.get(article),
        language=LANGUAGES.get(article, "en"),
        genre="news",
        published=PUBLISHED[article],
        first_seen=SEEN,
        words=len(text.split()),
        excerpt=text[:80],
        why=("shares the names Tannet and Ilse Marrant", "shares the number 14,000"),
    )


STORY = StoryView(
    story=1,
    title=TITLES[1] or "",
    title_from=1,
    brief=(
        sentence(
            "The Tannet bridge was closed on Monday night after inspectors found cracks in two of its piers.",
            place(1, "The Tannet bridge was closed on Monday night after inspectors found cracks in two of its piers"),
            place(2, "The Tannet bridge was closed on Monday night after inspectors found cracks in two of its piers"),
        ),
        sentence(
            "She put the cost of the repair at 3.2 million crowns, according to Norvale Gazette.",
            place(1, "She put the cost of the repair at 3.2 million crowns"),
            added=(AddedView(start=52, end=82, kind="outlet", article=1),),
        ),
        sentence("Prüfer fanden Risse in zwei Pfeilern.", place(4, "Prüfer fanden Risse in zwei Pfeilern.")),
    ),
    articles=tuple(row(a) for a in (1, 2, 3, 4, 5, 6)),
    documents=(
        DocumentView(
            address="https://www.council.example/reports/2031-05.pdf?version=2",
            places=(place(2, "inspectors found cracks"), place(1, "inspectors found cracks")),
        ),
    ),
    outlets=tuple(OUTLETS[a] for a in (1, 2, 3, 4, 5, 6)),
    newsrooms=3,
    first_seen=SEEN,
    published=between(13, 14),
    copies=COPIES,
    quotes=QUOTES,
    figures=FIGURES,
    comparisons=COMPARISONS,
    thread=1,
    timeline=(
        TimelineView(date="1961", precision="year", sentences=(sentence("The bridge was built in 1961.", place(1, "The bridge was built in 1961")),)),
        TimelineView(date="2031-05-12", precision="day", sentences=(sentence("The Tannet bridge was closed on Monday night.", place(1, "The Tannet bridge was closed on Monday night")),)),
    ),
    related=(),
)  # fmt: skip


def story_row(
    number: int,
    title: str,
    *,
    lead: str | None,
    outlets: tuple[str, ...],
    newsrooms: int,
    published: PublishedView,
    disagreements: int = 0,
    languages: tuple[str, ...] = ("en",),
) -> StoryRow:
    """One line of the front page."""
    return StoryRow(
        story=number, title=title, articles=tuple(range(number * 10, number * 10 + len(outlets))), outlets=outlets, newsrooms=newsrooms,
        first_seen=SEEN, thread=None, published=published, disagreements=disagreements, lead=lead, languages=languages,
    )  # fmt: skip


ROWS = (
    replace(
        story_row(1, STORY.title, lead=STORY.brief[0].text, outlets=STORY.outlets, newsrooms=3, published=STORY.published, disagreements=2, languages=("ar", "de", "en")),
        articles=(1, 2, 3, 4, 5, 6),
    ),
    replace(story_row(2, TITLES[7] or "", lead="Fishermen of Norvale have landed 40 tonnes of smelt in a single night, a record for the estuary.", outlets=("Estuary News",), newsrooms=1, published=on(12)), articles=(7,)),
    story_row(3, "Pelham council votes to keep its night trams", lead="The council of Pelham voted by 21 to 18 to keep the night trams running until the end of next year.", outlets=("Pelham Courier", "The Kestrel"), newsrooms=2, published=on(13)),
    story_row(4, "Lehrer in Ostmark legen die Arbeit nieder", lead="In Ostmark haben am Mittwoch rund 600 Lehrer die Arbeit niedergelegt.", outlets=("Ostbote",), newsrooms=1, published=on(14), languages=("de",)),
    story_row(5, "Glasshouse of 1888 opens its doors again", lead=None, outlets=("Norvale Gazette",), newsrooms=1, published=UNDATED),
    story_row(6, "ميناء نورفال يستقبل أول عبّارة كهربائية", lead="استقبل ميناء نورفال يوم الثلاثاء أول عبّارة تعمل بالكهرباء وحدها.", outlets=("صوت الميناء",), newsrooms=1, published=on(11), languages=("ar",)),
    story_row(7, "Storm warning for the outer islands is lifted", lead="The weather office of the isles lifted its warning at noon after winds had fallen to 40 knots.", outlets=("The Kestrel", "Estuary News", "Pelham Courier", "Morning List", "Ostbote", "Norvale Gazette"), newsrooms=5, published=between(10, 12), disagreements=1),
)  # fmt: skip


EARLIER = TEXTS[1].replace("14,000", "12,000")
REVISIONS = (
    RevisionView(
        number=2,
        read_at=SEEN,
        title=TITLES[1],
        title_before="Tannet bridge closed for a night",
        substantive=True,
        kinds=("title", "figure"),
        changes=(
            RevisionChangeView(kind="title", before=None, after=None),
            RevisionChangeView(
                kind="figure",
                before=place(1, "At least 12,000 vehicles cross the bridge each day.", {1: EARLIER}),
                after=place(1, "At least 14,000 vehicles cross the bridge each day."),
            ),
        ),
        announced=(("correction", place(1, "Two ferries run between the banks from six in the morning.")),),
    ),
)  # fmt: skip


def article(number: int) -> ArticleView:
    """One article's page."""
    related = {c.parent for c in COPIES if c.child == number} | {
        c.child for c in COPIES if c.parent == number
    }
    return ArticleView(
        article=number,
        key=f"{number:03}.html",
        revision=2 if number == 1 else 1,
        title=TITLES[number],
        text=TEXTS[number],
        url=f"https://outlet{number}.example/2031/tannet?a=1&b=2",
        source_url=SOURCES.get(number),
        outlet=OUTLETS[number],
        agency="Meridian Wire" if number == 1 else None,
        byline=("Mara Quill", "Theo Brandt") if number == 1 else (),
        dateline="NORVALE" if number == 1 else None,
        section="City" if number == 1 else None,
        genre="news",
        language=LANGUAGES.get(number, "en"),
        published=PUBLISHED[number],
        first_seen=SEEN,
        images=(ImageView(url="https://outlet1.example/pier.jpg", caption="The third pier at low water", credit="Lene Aas"),) if number == 1 else (),
        embedded=(EmbeddedView(title="Night trams stay", outlet="Pelham Courier", url="https://pelham.example/trams", age="3 hours ago", text="The council of Pelham voted to keep the night trams."),) if number == 1 else (),
        found=(("title", "json-ld headline"), ("byline", "line 3"), ("source_url", "link rel=canonical")),
        story=1 if number < 7 else 2,
        story_title=STORY.title if number < 7 else TITLES[7],
        quotes=tuple(q for q in QUOTES if q.place.article == number),
        figures=tuple(f for f in FIGURES if f.place.article == number),
        parents=tuple(c for c in COPIES if c.child == number),
        children=tuple(c for c in COPIES if c.parent == number),
        revisions=REVISIONS if number == 1 else (),
        others=tuple(row(a) for a in sorted(a for a in related if a is not None)),
    )  # fmt: skip


OUTLET = OutletView(
    outlet="Norvale Gazette",
    articles=1200,
    judged=1000,
    languages=("en",),
    shared=3,
    first=(ROWS[0],),
    takes_from=(("Meridian Wire", 4), ("The Kestrel", 1)),
    taken_by=(("Pelham Courier", 2),),
    latest=(row(1), row(6)),
)
INTERRUPTED = QuoteView(
    place=place(
        3,
        "“We won’t open it again until all the piers have been checked,” mayor Ilse Marrant told reporters. “This is the price",
    ),
    pieces=(
        place(3, "“We won’t open it again until all the piers have been checked,”"),
        place(3, "“This is the price"),
    ),
    kind="direct",
    speaker="Ilse Marrant",
    speaker_place=None,
    cue="told",
)
PERSON = PersonView(
    key="ilse-marant",
    name="Ilse Marrant",
    also=("Ilse Márrant", "Marrant"),
    quotes=6,
    sayings=tuple(
        SayingView(quote=q, article=row(q.place.article), story=1, story_title=STORY.title)
        for q in (*QUOTES[:6], INTERRUPTED)
    ),
)
THREAD = ThreadView(
    thread=1,
    title=STORY.title,
    stories=(ROWS[0], ROWS[2]),
    left_out=3,
    timeline=STORY.timeline,
    articles=(row(1),),
)


def glance(view: StoryView) -> GlanceView:
    """What a front page is told of a story."""
    return GlanceView(
        story=view.story,
        articles=tuple(
            GlancedArticle(article=a.article, outlet=a.outlet, agency=a.agency, section="City", language=a.language, published=a.published)
            for a in view.articles
        ),
        copies=tuple(
            GlancedCopy(child=c.child, parent=c.parent, origin=c.origin, kind=c.kind, direction=c.direction)
            for c in view.copies
        ),
        comparisons=view.comparisons,
        figures=view.figures,
        quotes=tuple(q for q in view.quotes if q.kind == "direct"),
    )  # fmt: skip


@dataclass
class Shelf:
    """A store's reading side over dictionaries."""

    rows: tuple[StoryRow, ...] = ROWS
    stories: dict[int, StoryView] = field(default_factory=lambda: {1: STORY})
    articles: dict[int, ArticleView] = field(default_factory=lambda: {n: article(n) for n in TEXTS})
    redirects: dict[int, int] = field(default_factory=lambda: {9: 1})
    searched: list[str] = field(default_factory=list)
    sections: tuple[tuple[str, int], ...] = (("City", 5), ("Harbour & ferries", 2))
    outlets: tuple[OutletRow, ...] = tuple(OutletRow(outlet=name, articles=1) for name in OUTLETS.values())
    outlet: OutletView = field(default_factory=lambda: OUTLET)
    people: tuple[PersonRow, ...] = (
        PersonRow(key="ilse-marant", name="Ilse Marrant", quotes=5),
        PersonRow(key="joren-pel", name="Joren Pell", quotes=1),
    )
    person: PersonView = field(default_factory=lambda: PERSON)
    thread: ThreadView = field(default_factory=lambda: THREAD)
    arrivals: tuple[ArrivalView, ...] = ()
    places: tuple[tuple[str, int], ...] = (("Norvale", 3), ("Pelham", 1))
    sources: tuple[SourceView, ...] = (
        SourceView(
            source=1,
            title="Norvale Gazette",
            url="https://gazette.norvale.example/feed",
            kind="feed",
            state="ok",
            last_success=SEEN,
            next_visit=SEEN,
            articles=1200,
            problem=None,
        ),
        SourceView(
            source=2,
            title=None,
            url="https://kestrel.example/",
            kind="site",
            state="failing",
            last_success=None,
            next_visit=None,
            articles=0,
            problem="the server does not answer",
        ),
    )
    reports: list[tuple[int, str, str | None]] = field(default_factory=list)
    version: int = 0
    still: bool = False
    """Whether nothing changes: pages are then kept."""

    def find_stories(self, *, limit: int, offset: int = 0) -> tuple[StoryRow, ...]:
        return self.rows[offset : offset + limit]

    def find_front(self, *, limit: int, offset: int = 0) -> tuple[StoryRow, ...]:
        return self.rows[offset : offset + limit]

    def get_story(self, story: int) -> StoryView:
        if story not in self.stories:
            raise NotFoundError(f"no story {story}")
        return self.stories[story]

    def find_glances(self, stories: Sequence[int]) -> Mapping[int, GlanceView]:
        return {n: glance(self.stories[n]) for n in stories if n in self.stories}

    def find_redirect(self, story: int) -> int | None:
        return self.redirects.get(story)

    def get_article(self, article: int) -> ArticleView:
        if article not in self.articles:
            raise NotFoundError(f"no article {article}")
        return self.articles[article]

    def find_latest(
        self,
        *,
        limit: int,
        offset: int = 0,
        language: str | None = None,
        section: str | None = None,
        country: str | None = None,
    ) -> tuple[StoryRow, ...]:
        held = [r for r in self.rows if language is None or language in r.languages]
        if section is not None:
            held = held[:2] if section in dict(self.sections) else []
        return tuple(reversed(held))[offset : offset + limit]

    def find_languages(self) -> tuple[tuple[str, int], ...]:
        return (("en", 5), ("de", 2), ("ar", 1))

    def find_countries(self) -> tuple[tuple[str, int], ...]:
        return (("IE", 3), ("FR", 1))

    def add_report(self, *, story: int, words: str, reply_to: str | None, sent: datetime) -> int:
        if story not in self.stories:
            raise NotFoundError(f"no story {story}")
        self.reports.append((story, words, reply_to))
        return len(self.reports)

    def find_sections(self, *, limit: int) -> tuple[tuple[str, int], ...]:
        return self.sections[:limit]

    def find_places(self, *, limit: int) -> tuple[tuple[str, int], ...]:
        return self.places[:limit]

    def view_sources(self) -> tuple[SourceView, ...]:
        return self.sources

    def find_outlets(self, *, limit: int, offset: int = 0) -> tuple[OutletRow, ...]:
        return self.outlets[offset : offset + limit]

    def get_outlet(self, outlet: str) -> OutletView:
        found = next((v for v in (self.outlet,) if v.outlet == outlet), None)
        if found is None:
            raise NotFoundError(f"no outlet {outlet}")
        return found

    def find_people(self, *, limit: int, offset: int = 0) -> tuple[PersonRow, ...]:
        return self.people[offset : offset + limit]

    def get_person(self, key: str, *, limit: int, offset: int = 0) -> PersonView:
        if key != self.person.key:
            raise NotFoundError(f"nobody {key}")
        return replace(self.person, sayings=self.person.sayings[offset : offset + limit])

    def get_thread(self, thread: int) -> ThreadView:
        if thread != self.thread.thread:
            raise NotFoundError(f"no thread {thread}")
        return self.thread

    def count_articles(self) -> int:
        return max(self.articles, default=0)

    def find_arrivals(self, *, after: int, limit: int) -> tuple[ArrivalView, ...]:
        return tuple(a for a in self.arrivals if a.article > after)[:limit]

    def find_changed(self, *, since: int) -> ChangedView:
        return ChangedView(at=self.version, withheld=True, stories=None)

    def get_version(self) -> int:
        self.version += 0 if self.still else 1
        return self.version

    def search(
        self, words: str, *, limit: int, offset: int = 0, newest: bool = False
    ) -> tuple[SearchHit, ...]:
        self.searched.append(words)
        hits = [
            SearchHit(kind="story", id=r.story, title=r.title, published=r.published.stated, snippet=(r.lead or r.title).replace(words, f"\ue000{words}\ue001"))
            for r in self.rows
            if words.lower() in f"{r.title} {r.lead}".lower()
        ] + [
            SearchHit(kind="article", id=a.article, title=a.title, published=a.published.stated, snippet=a.text[:200].replace(words, f"\ue000{words}\ue001"), story=a.story, outlet=a.outlet)
            for a in self.articles.values()
            if words.lower() in a.text.lower()
        ]  # fmt: skip
        return tuple(hits[offset : offset + limit])

    def count(self) -> StoreCounts:
        return StoreCounts(
            articles=len(self.articles),
            stories=len(self.rows),
            outlets=7,
            rejected=(("paywall stub", 3), ("error page", 1)),
        )


PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg/onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202egnp.exe\x00\x1b[31m\ud800",
    "]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "\ue001\ue000<b>\ue000\ue001",
)
KEPT = {"kind", "relation", "qualifier", "direction", "genre", "date", "precision", "basis"}


def poison(value: object, payload: str, name: str = "") -> object:
    """The value with every free text replaced by the payload; closed lists are kept."""
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: poison(getattr(value, f.name), payload, f.name) for f in fields(value)}
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(poison(v, payload, name) for v in value)
    if isinstance(value, str) and name not in KEPT:
        return f"{payload} {value}" if name == "text" else payload
    return value


def poison_shelf(payload: str) -> Shelf:
    """The edition with the payload in every text."""
    return Shelf(
        rows=poison(ROWS, payload),
        stories={1: poison(STORY, payload)},
        articles={n: poison(article(n), payload) for n in TEXTS},
        sections=((payload, 3), (f"{payload} 2", 1)),
        outlets=poison(Shelf.outlets, payload),
        outlet=replace(poison(OUTLET, payload), outlet="Norvale Gazette"),
        people=poison(Shelf.people, payload),
        person=replace(poison(PERSON, payload), key="ilse-marant"),
        thread=poison(THREAD, payload),
    )


def mix_poisons() -> Shelf:
    """For each payload a story and an article of its number, with it in every text."""
    numbered = list(enumerate(PAYLOADS, start=1))
    return Shelf(
        rows=tuple(replace(poison(ROWS[0], p), story=n) for n, p in numbered),
        stories={n: replace(poison(STORY, p), story=n) for n, p in numbered},
        articles={n: replace(poison(article(1), p), article=n) for n, p in numbered},
        sections=tuple((p, 1) for _, p in numbered),
        outlets=tuple(OutletRow(outlet=p, articles=1) for _, p in numbered),
        outlet=replace(poison(OUTLET, PAYLOADS[1]), outlet="Norvale Gazette"),
        people=tuple(PersonRow(key="ilse-marant", name=p, quotes=1) for _, p in numbered),
        person=replace(
            PERSON,
            sayings=tuple(replace(poison(s, p)) for s in PERSON.sayings[:1] for _, p in numbered),
        ),
        thread=poison(THREAD, PAYLOADS[0]),
    )
