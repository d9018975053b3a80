"""One pass over arriving articles: joins, look-alikes, wrong dates, replay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from stemma.stories import OpenStories
from stemma.types import Article, Placement, StoryId

from .texts import FERRY, NOON, STORM, VOTE, earnings, make_article


def run(articles: list[Article], stream: OpenStories | None = None) -> list[Placement]:
    stream = stream or OpenStories()
    placed = []
    for article in articles:
        placement = stream.decide(article)
        stream.apply(article, placement)
        placed.append(placement)
    return placed


def mixed(*, hours: float | None = 0.0) -> list[Article]:
    both = [("f", FERRY), ("v", VOTE)]
    articles = [
        make_article(f"{name}{k}", title, text, hours=None if hours is None else hours + k)
        for name, texts in both
        for k, (title, text) in enumerate(texts)
    ]
    return sorted(articles, key=lambda a: (a.published.stated or "", a.id))


def test_two_events_are_two_stories() -> None:
    """Reports of one event share a story, reports of another have their own, and the first article names it."""
    placed = {p.article: p.story for p in run(mixed())}
    assert {placed[f"f{k}"] for k in range(3)} == {"s-f0"}
    assert {placed[f"v{k}"] for k in range(2)} == {"s-v0"}


def test_undated_articles_group_by_content() -> None:
    """Without any date the same two stories come out."""
    placed = {p.article: p.story for p in run(mixed(hours=None))}
    assert {placed[f"f{k}"] for k in range(3)} == {"s-f0"}
    assert placed["v1"] == placed["v0"] != placed["f0"]


def test_reports_of_two_companies_in_one_hour_stay_apart() -> None:
    """Once three companies have filled in a template, each further one opens its own story, although all words but the
    name and the numbers are the same."""
    names = [
        "Quillon",
        "Sardis",
        "Beltane",
        "Orrery",
        "Tamblyn",
        "Vexford",
        "Kestrel Bay",
        "Dunmore",
        "Palatine",
        "Ivarson",
    ]
    articles = [
        make_article(
            f"e{k}", *earnings(name, 23 + 4 * k, 1_900_000 + 379_191 * k, 50.1 + 7.3 * k), hours=k / 10
        )
        for k, name in enumerate(names)
    ]
    placed = run(articles)
    assert all(p.opened for p in placed[3:])


def test_table_and_comment_of_one_company_join() -> None:
    """A company's report and the prose on it within the hour are one story."""
    placed = run(
        [
            make_article("a", *earnings("Quillon", 23, 1_900_000, 50.1), hours=0),
            make_article("b", *earnings("Sardis", 31, 2_410_000, 77.4), hours=0.2),
            make_article(
                "c",
                "QUILLON CITES ASSET SALE FOR HIGHER NET",
                "Quillon Inc said its first quarter net rose to 1,900,000 dlrs from 1,710,000 dlrs, or 23 cts a share, because "
                "of a gain from the sale of assets. Quillon revenues were 50.1 mln dlrs.",
                hours=0.5,
            ),
        ]
    )
    assert placed[2].story == "s-a"


def test_a_title_stuffed_with_trending_names_joins_nothing() -> None:
    """Names in a title do not make an article part of the stories that they come from."""
    stream = OpenStories()
    run(mixed(), stream)
    stuffed = make_article(
        "x",
        "Santa Brisa Calanova Ilario Venn Porto Lume Tesmark Oda Krell Hallin water levy ferry",
        "Buy our slimming tea today and lose nine pounds in a week. Doctors are amazed by this simple kitchen trick. "
        "Order now and get the second package free of charge, with a recipe booklet and a measuring spoon.",
        hours=3,
    )
    assert stream.decide(stuffed).opened


def test_a_copy_follows_its_source() -> None:
    """That an article copies one of a story counts as evidence for that story."""
    stream = OpenStories()
    run(mixed(), stream)
    shortened = make_article("k", None, "The steering had failed minutes before, the captain said.", hours=4)
    without, with_kin = stream.decide(shortened), stream.decide(shortened, kin=[StoryId("s-f0")])
    assert with_kin.score > without.score or with_kin.story == "s-f0"
    assert stream.decide(shortened, kin=[StoryId("s-unknown")]) == without


def test_a_thousand_copies_are_one_story_and_move_no_other() -> None:
    """One text under a thousand new outlets is one story; all others stand as they would without it, word for word."""
    honest = mixed()
    copies = [make_article(f"c{k}", *STORM, hours=k / 1000, outlet=f"Outlet {k}") for k in range(1000)]
    alone, flooded = OpenStories(), OpenStories()
    run(honest[:2], alone), run(honest[:2], flooded)
    placed = run(copies, flooded)
    assert {p.story for p in placed} == {"s-c0"}
    after, before = run(honest[2:], flooded), run(honest[2:], alone)
    assert [(p.story, p.opened) for p in after] == [(p.story, p.opened) for p in before]
    memory = flooded._memory
    assert memory.seen == len(honest) + 1, "copies do not make the words of their text common"
    stories = {g.article: g.story for g in flooded.review()}
    assert {stories[p.article] for p in placed} == {"s-c0"}
    assert {a.id: stories[a.id] for a in honest} == {g.article: g.story for g in alone.review()}


def test_deciding_changes_nothing() -> None:
    """The same question gets the same answer, whatever was asked in between."""
    stream = OpenStories()
    articles = mixed()
    run(articles[:3], stream)
    first = [stream.decide(a) for a in articles[3:]]
    assert [stream.decide(a) for a in reversed(articles[3:])] == first[::-1]


def test_replay_of_stored_placements_restores_the_state() -> None:
    """A stream that only applied what was stored goes on exactly like the one that decided."""
    articles = mixed()
    lived, replayed = OpenStories(), OpenStories()
    for article, placement in zip(articles[:3], run(articles[:3], lived), strict=True):
        replayed.apply(replace(article), placement)
    assert run(articles[3:], lived) == run(articles[3:], replayed)
    assert lived.review() == replayed.review()


def test_a_person_may_place_an_article_elsewhere() -> None:
    """`apply` takes any story, opens it if it is new, and later articles find the members there."""
    stream = OpenStories()
    ferry = [make_article(f"f{k}", *FERRY[k], hours=k) for k in range(3)]
    stream.apply(ferry[0], Placement(article=ferry[0].id, story=StoryId("by-hand"), opened=True, score=0.0))
    assert stream.decide(ferry[1]).story == "by-hand"


def test_one_wrong_date_moves_no_window() -> None:
    """An article dated ten years ahead or back closes no story and is no story's beginning."""
    stream = OpenStories()
    steady = [
        make_article(
            f"n{k}",
            f"Village fair number {k} in Umbrel{k}",
            f"The fair of Umbrel{k} drew {k}77 guests.",
            hours=k / 10,
        )
        for k in range(12)
    ]
    run(steady, stream)
    run([make_article("f0", *FERRY[0], hours=2)], stream)
    for n, years in enumerate((10, -10)):
        wrong = date(NOON.year + years, 5, 5)
        run([make_article(f"w{n}", *VOTE[n], day=wrong)], stream)
    late = stream.decide(make_article("f1", *FERRY[1], hours=4))
    assert late.story == "s-f0"


def test_an_old_story_takes_no_more() -> None:
    """Weeks of silence close a story: the same words five weeks later open another."""
    stream = OpenStories()
    run([make_article("f0", *FERRY[0], hours=0)], stream)
    days = [
        make_article(
            f"n{k}", f"Market day {k} at Orvane{k}", f"Orvane{k} sold {k}31 baskets of plums.", hours=24.0 * k
        )
        for k in range(1, 40)
    ]
    run(days, stream)
    assert stream.decide(make_article("f1", *FERRY[1], hours=24.0 * 40)).opened


def test_a_stream_goes_on_after_a_pause() -> None:
    """After months without input the new dates are believed again once a few articles agree on them."""
    stream = OpenStories()
    days = [*range(12), *range(100, 110)]
    run(
        [
            make_article(
                f"n{d}", f"Market day {d} at Orvane{d}", f"Orvane{d} sold {d}31 baskets.", hours=24.0 * d
            )
            for d in days
        ],
        stream,
    )
    run([make_article("f0", *FERRY[0], hours=24.0 * 110)], stream)
    assert stream.decide(make_article("f1", *FERRY[1], hours=24.0 * 110 + 2)).story == "s-f0"
    assert stream.decide(make_article("f2", *FERRY[2], hours=24.0 * 125)).opened


def test_sighting_stands_in_for_a_missing_date() -> None:
    """Undated articles age by when they were first fetched, so that a stream without dates is not kept open for ever."""
    stream = OpenStories()
    run([make_article("f0", *FERRY[0], hours=None, seen=NOON)], stream)
    for k in range(1, 40):
        seen = NOON + timedelta(days=k)
        run(
            [
                make_article(
                    f"n{k}",
                    f"Market day {k} at Orvane{k}",
                    f"Orvane{k} sold {k}31 plums.",
                    hours=None,
                    seen=seen,
                )
            ],
            stream,
        )
    assert stream.decide(make_article("f1", *FERRY[1], hours=None, seen=NOON + timedelta(days=40))).opened


def test_evidence_names_what_is_shared() -> None:
    """Each joined article says in words what it has in common with its story."""
    joined = [p for p in run(mixed()) if not p.opened]
    assert joined
    for placement in joined:
        assert placement.evidence
        assert all(
            line.split(": ")[0] in ("names", "words", "figures", "days") for line in placement.evidence
        )
    names = next(line for p in joined if p.story == "s-f0" for line in p.evidence if line.startswith("names"))
    assert "brisa" in names.lower() or "venn" in names.lower() or "calanova" in names.lower()


def test_moving_articles_is_as_if_they_had_come_there() -> None:
    """What a person put elsewhere is held as a replay of the new placements holds it: counts, members, days, decisions."""
    articles = mixed()
    moved = OpenStories()
    placed = run(articles, moved)
    to = {a.id: StoryId("by-hand") for a in articles if a.id in ("f1", "f2", "v0")} | {
        articles[0].id: StoryId("s-v0")
    }
    for ident, story in to.items():
        moved.move(ident, story)
    replayed = OpenStories()
    for article, placement in zip(articles, placed, strict=True):
        replayed.apply(article, replace(placement, story=to.get(article.id, placement.story)))
    one, other = moved._memory, replayed._memory
    assert one.open_count == other.open_count
    assert one.lexicon.stories.tolist() == other.lexicon.stories.tolist()
    for story, row in other.story_row.items():
        at = one.story_row[story]
        assert one.members[at] == other.members[row]
        assert (one.first[at], one.last[at]) == (other.first[row], other.last[row])
    more = make_article("m", *FERRY[0], hours=9)
    assert moved.decide(more).story == replayed.decide(more).story
    assert {g.article: g.story for g in moved.review()} == {g.article: g.story for g in replayed.review()}
