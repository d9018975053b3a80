"""After all input was seen: merges, splits, ids that survive, threads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import numpy as np

from stemma.stories import OpenStories
from stemma.stories.regroup import link_average
from stemma.types import Article, Placement, Published, StoryId

from .texts import FERRY, NOON, STORM, VOTE, make_article

TALKS_ONE = [
    (
        "Envoys of Marland and Ostravia meet in Calanova for first time",
        "Foreign ministers Petra Hohl of Marland and Ivo Danek of Ostravia met in Calanova on Thursday, the first high-level talks "
        "since the border war began two weeks ago. Hohl said a ceasefire was out of reach. Shells fell on the "
        "Sorren bridge while the ministers spoke for ninety minutes at the Hotel Aurelia; Danek called the terms a surrender.",
    ),
    (
        "No ceasefire as Hohl and Danek meet in Calanova",
        "The foreign ministers of Marland and Ostravia, Petra Hohl and Ivo Danek, failed to agree on a ceasefire in the border war at "
        "their talks in Calanova. After ninety minutes at the Hotel Aurelia, Danek said the Sorren bridge was not negotiable. It was the first "
        "meeting of the ministers since the war began.",
    ),
]
TALKS_TWO = [
    (
        "Marland and Ostravia to hold new talks in Calanova on prisoners",
        "Marland and Ostravia will hold a new round of peace talks in Calanova next week, President Karel Stanz said, as the border war "
        "enters its fourth year. Negotiator Jonna Reeve will lead the delegation of Marland; an exchange of 1,200 prisoners is on the "
        "table. Drones struck two power stations overnight.",
    ),
    (
        "Stanz announces prisoner talks with Marland after drone strikes",
        "President Karel Stanz of Ostravia announced new talks with Marland in Calanova about an exchange of 1,200 prisoners. Marland "
        "sends its negotiator Jonna Reeve. Overnight drones had struck two power stations in the border war.",
    ),
]


def test_every_article_once_in_order() -> None:
    """Review gives one grouping for each article held, in order of arrival, twice the same, and changes nothing."""
    stream = OpenStories()
    articles = [
        make_article(f"a{k}", *t, hours=k)
        for k, t in enumerate([FERRY[0], VOTE[0], FERRY[1], VOTE[1], FERRY[2]])
    ]
    for article in articles:
        stream.apply(article, stream.decide(article))
    last = make_article("z", *VOTE[1], hours=9)
    asked = stream.decide(last)
    first = stream.review()
    assert [g.article for g in first] == [a.id for a in articles]
    assert stream.review() == first
    assert stream.decide(last) == asked
    assert OpenStories().review() == ()


def test_the_older_id_survives_a_merge() -> None:
    """Two stories that turn out to be one keep the id of the one that was first; its first article names the thread."""
    stream = OpenStories()
    for k, text in enumerate(FERRY):
        article = make_article(f"f{k}", *text, hours=k)
        stream.apply(article, Placement(article=article.id, story=StoryId(f"s-f{k}"), opened=True, score=0.0))
    found = stream.review()
    assert {g.story for g in found} == {"s-f0"}
    assert {g.thread for g in found} == {"t-f0"}


def test_a_story_of_two_events_is_split() -> None:
    """Articles of another event leave; the part with the story's first article keeps the id."""
    stream = OpenStories()
    for ident, text in [("f0", FERRY[0]), ("v0", VOTE[0]), ("f1", FERRY[1]), ("v1", VOTE[1])]:
        article = make_article(ident, *text)
        stream.apply(
            article, Placement(article=article.id, story=StoryId("s-f0"), opened=ident == "f0", score=0.0)
        )
    stories = {g.article: g.story for g in stream.review()}
    assert stories["f0"] == stories["f1"] == "s-f0"
    assert stories["v0"] == stories["v1"] == "s-v0"


def test_two_rounds_of_talks_are_two_stories_and_one_thread() -> None:
    """A store of four undated pages: the meeting of the ministers and the later round are told apart and linked."""
    stream = OpenStories()
    for k, text in enumerate(TALKS_ONE + TALKS_TWO):
        article = make_article(f"p{k}", *text, hours=None)
        stream.apply(article, stream.decide(article))
    found = stream.review()
    stories = [g.story for g in found]
    assert stories[0] == stories[1] != stories[2] == stories[3]
    assert len({g.thread for g in found}) == 1


def test_unrelated_stories_share_no_thread() -> None:
    """A ferry and a vote are two threads."""
    stream = OpenStories()
    for k, text in enumerate([FERRY[0], VOTE[0]]):
        article = make_article(f"a{k}", *text, hours=k)
        stream.apply(article, stream.decide(article))
    assert len({g.thread for g in stream.review()}) == 2


def review_of(*articles: Article) -> list[str]:
    stream = OpenStories()
    for article in articles:
        stream.apply(article, stream.decide(article))
    return [g.story for g in stream.review()]


SECOND_FERRY = (
    "Ferry Santa Brisa runs aground off Calanova again",
    "The ferry Santa Brisa ran aground on a reef off Calanova for the second time, with 96 passengers on board, the coast guard "
    "said. Lifeboats brought all passengers to the harbour of Porto Lume. Captain Ilario Venn said the steering had failed as "
    "it had last year. The ferry belongs to the Ostrava Line.",
)


def test_dates_keep_events_of_one_kind_apart() -> None:
    """Reports a year apart are two stories, and an undated page that tells the second does not bridge them."""
    first = [make_article(f"f{k}", *text, hours=k) for k, text in enumerate(FERRY)]
    later = make_article("g", *SECOND_FERRY, hours=24 * 380)
    undated = make_article("u", *SECOND_FERRY, hours=None)
    stories = review_of(*first, undated, later)
    assert stories[0] == stories[1] == stories[2] != stories[3] == stories[4]


def test_a_page_that_cannot_be_so_old_is_of_the_later_event() -> None:
    """A page whose own words put it after a day joins no story that ended long before."""
    first = [make_article(f"f{k}", *text, hours=k) for k, text in enumerate(FERRY)]
    late = replace(
        make_article("u", *FERRY[1], hours=None),
        published=Published(earliest=NOON.date() + timedelta(days=200)),
    )
    assert review_of(*first, late)[3] != review_of(*first, late)[0]


def test_a_reprint_with_a_late_date_stays_with_its_original() -> None:
    """The same words under a date of next year are a copy and no second event."""
    first = [make_article(f"f{k}", *text, hours=k) for k, text in enumerate(FERRY)]
    stories = review_of(*first, make_article("r", *FERRY[0], hours=24 * 380))
    assert stories[3] == stories[0]


def test_a_chain_of_days_holds_together() -> None:
    """Dates stretch over more than a fortnight when there is no gap in them; a gap parts them."""
    likely = np.full((3, 3), 0.9)
    days = [1.0, 11.0, 21.0]
    spans = np.array([[d, d, -np.inf, np.inf] for d in days])
    assert link_average(likely, 0.5, spans=spans) == [[0, 1, 2]]
    spans[1] = [np.inf, -np.inf, -np.inf, np.inf]
    assert len(link_average(likely, 0.5, spans=spans)) == 2


GERMAN_FERRY = (
    "Fähre Santa Brisa läuft vor Calanova auf ein Riff",
    "Die Fähre Santa Brisa ist am frühen Montag mit 214 Fahrgästen an Bord vor Calanova auf Grund gelaufen. Rettungsboote brachten "
    "alle Menschen in den Hafen von Porto Lume. Kapitän Ilario Venn sagte, die Steuerung sei Minuten vorher ausgefallen. "
    "Das Schiff gehört der Ostrava Line.",
)


def test_two_languages_meet_in_names_and_numbers() -> None:
    """A German page of the same wreck is of its story; a German page of a wreck a year later is of its thread alone."""
    english = [make_article(f"f{k}", *text, hours=k) for k, text in enumerate(FERRY)]
    vote = [make_article(f"v{k}", *text, hours=k) for k, text in enumerate(VOTE)]
    for hours, same in ((5, True), (24 * 380, False)):
        stream = OpenStories()
        for article in (
            *english,
            *vote,
            replace(make_article("g", *GERMAN_FERRY, hours=hours), language="de"),
        ):
            stream.apply(article, stream.decide(article))
        found = {g.article: g for g in stream.review()}
        assert (found["g"].story == found["f0"].story) is same
        assert found["g"].thread == found["f0"].thread
        assert found["g"].thread != found["v0"].thread


def test_the_order_of_arrival_within_a_window_changes_no_members() -> None:
    """The same articles in other orders of arrival come out as the same stories, whatever their ids."""
    told = [("f", FERRY[0]), ("v", VOTE[0]), ("f", FERRY[1]), ("s", STORM), ("v", VOTE[1]), ("f", FERRY[2])]
    articles = [make_article(f"{kind}{n}", *words, hours=n) for n, (kind, words) in enumerate(told)]
    for order in [*list(permutations(articles))[::71], articles[::-1]]:
        stream = OpenStories()
        for article in order:
            stream.apply(article, stream.decide(article))
        members: dict[StoryId, set[str]] = {}
        for grouping in stream.review():
            members.setdefault(grouping.story, set()).add(grouping.article)
        assert sorted(map(sorted, members.values())) == [["f0", "f2", "f5"], ["s3"], ["v1", "v4"]]
