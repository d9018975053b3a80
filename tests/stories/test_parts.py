"""The parts of grouping: bags, clock, posting lists, trees, average link, threads."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.stories.bags import LEAD, NAME, TITLE, make_bag
from stemma.stories.clock import Clock, Waiting, find_moment, find_sighting
from stemma.stories.index import Postings
from stemma.stories.model import TREES_SHARE, parse_model
from stemma.stories.regroup import link_average
from stemma.stories.threads import Gist, agree
from stemma.stories.vocabulary import NUMBER, TIME, word_key
from stemma.types import Article, ArticleId, Published

from .texts import FERRY, make_article


def roles_of(article: Article) -> dict[str, int]:
    bag = make_bag(article)
    return {word: int(entry) & 255 for word, entry in zip(bag.spelled, bag.entries, strict=True)}


def test_roles_of_words() -> None:
    """Title, lead, names, numbers and days are told apart; a word that also stands in lower case is no name."""
    roles = roles_of(
        make_article(
            "a",
            "Ferry sinks off Calanova",
            "The ferry carried 214 passengers on 5 May 2031, Ilario Venn said.",
        )
    )
    assert roles["ferry"] & TITLE
    assert not roles["ferry"] & NAME
    assert roles["calanova"] & TITLE
    assert roles["venn"] & NAME
    assert roles["venn"] & LEAD
    assert roles["214"] & NUMBER
    assert roles["2031"] & TIME
    assert roles["5-5"] == TIME


def test_latest_month_with_a_year() -> None:
    """The latest month that stands with its year is kept; months and years alone say too little."""
    text = "On 3 March 2029 and again on June 7, 2030 the harbour was shut; in May it opened. The law is of 2031."
    assert make_bag(make_article("a", None, text)).latest == 2030 * 12 + 6
    assert make_bag(make_article("a", None, "It opened in May. The law is of 2031.")).latest == 0


def test_spellings_of_a_name_are_one_word() -> None:
    """Transliterations of one name get one key."""
    assert word_key("zelensky", "en") == word_key("zelenskiy", "en") == word_key("зеленський", "uk")


def test_numbers_of_two_languages_are_one() -> None:
    """Marks of thousands and of decimals differ between languages; the number is the same word, and only it."""
    assert word_key("9,300", "en") == word_key("9.300", "de") == word_key("9300", "")
    assert word_key("3.4", "en") == word_key("3,4", "de") != word_key("34", "")


def test_a_title_repeated_in_the_text_counts_once() -> None:
    """The title at the head of the text is cut, so that it weighs the same on every outlet's page."""
    title, text = FERRY[0]
    plain, doubled = (
        make_bag(make_article("a", title, text)),
        make_bag(make_article("a", title, f"{title}\n\n{text}")),
    )
    assert plain.entries.tolist() == doubled.entries.tolist()


@pytest.mark.parametrize(
    "text", ["", "…", "a", "7", "the of and", "ÀÉÎ", "今日は雨です", "\u200b" * 50, "x" * 100_000]
)
def test_odd_texts_make_bags(text: str) -> None:
    """Empty, tiny, huge and foreign texts give a bag and no fault."""
    bag = make_bag(make_article("a", None, text))
    assert len(bag.spelled) == len(bag.entries)


def test_moment_of_an_article() -> None:
    """A stated time is exact to the minute, a short interval gives its middle, a wide one nothing."""
    assert find_moment(make_article("a", "t", "x", hours=6)) == date(2031, 5, 5).toordinal() + 0.75
    short = Published(earliest=date(2031, 5, 1), latest=date(2031, 5, 3))
    wide = Published(earliest=date(2014, 1, 1), latest=date(2031, 5, 3))
    assert (
        find_moment(Article(id=ArticleId("a"), text="x", published=short))
        == date(2031, 5, 2).toordinal() + 0.5
    )
    assert find_moment(Article(id=ArticleId("a"), text="x", published=wide)) is None
    assert find_moment(Article(id=ArticleId("a"), text="x")) is None


def test_sighting_is_when_somebody_fetched() -> None:
    """The first fetch is known where it is given, and nothing is made up where it is not."""
    seen = datetime(2031, 5, 5, 6, tzinfo=UTC)
    assert (
        find_sighting(Article(id=ArticleId("a"), text="x", first_seen=seen))
        == date(2031, 5, 5).toordinal() + 0.25
    )
    assert find_sighting(Article(id=ArticleId("a"), text="x")) is None


def test_the_clock_is_not_moved_by_one() -> None:
    """One date ten years off is not believed and moves nothing; without dates there is no time."""
    clock = Clock()
    assert isnan(clock.now)
    for k in range(9):
        clock.hear(1000.0 + k / 10)
    before = clock.now
    clock.hear(1000.0 + 3650)
    assert abs(clock.now - before) < 1
    assert not clock.believes(1000.0 - 3650)
    assert clock.believes(1002.0)


def test_an_unordered_stream_believes_every_date() -> None:
    """Where dates are all over the years (an archive by file name) none is taken for wrong."""
    clock = Clock()
    for k in range(12):
        clock.hear(1000.0 * (k * 7 % 12))
    assert clock.believes(50_000.0)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 30), min_size=1, max_size=6), min_size=1, max_size=60), st.integers(1, 5)
)
def test_posting_lists_give_the_newest_rows(bags: list[set[int]], most: int) -> None:
    """Whatever was merged, each word gives its newest rows, and each row beside its word."""
    postings, plain = Postings(fresh=7), defaultdict(list)
    alive = np.ones(len(bags), dtype=np.bool_)
    for row, bag in enumerate(bags):
        postings.add(row, np.array(sorted(bag), dtype=np.intp))
        postings.settle(alive)
        for key in bag:
            plain[key].append(row)
    asked = np.arange(31, dtype=np.intp)[::-1]
    places, rows = postings.find(asked, most=most, budget=10**6)
    found = sorted(zip((30 - places).tolist(), rows.tolist(), strict=True))
    assert found == [(k, row) for k in range(31) for row in plain[k][-most:]]
    places, _ = postings.find(asked, most=most, budget=3)
    before = [sum(len(plain[30 - other][-most:]) for other in range(k)) for k in range(31)]
    assert set(places.tolist()) == {k for k in range(31) if plain[30 - k] and before[k] < 3}


def test_trees_are_read_as_written() -> None:
    """A tree of three levels gives the value of the leaf that its questions lead to."""
    value = [float(v) for v in range(8)]
    data = {
        "measures": ["a", "b", "c"], "feature": [[0, 1, 1, 2, 2, 2, 2]], "threshold": [[0.5] * 7], "value": [value],
        "base": 0.25, "mean": [0.0] * 3, "scale": [1.0] * 3, "weight": [0.0] * 3, "bias": 0.0,
    }  # fmt: skip
    model = parse_model(data, ("c", "x", "b", "a"))
    rows = np.array([[c, 9.0, b, a] for a in (0.0, 1.0) for b in (0.0, 1.0) for c in (0.0, 1.0)])
    assert model.judge(rows).tolist() == [round(TREES_SHARE * (v + 0.25), 6) for v in value]


def test_average_link_stops_at_the_needed_mean() -> None:
    """Groups merge while their mean likelihood is enough; one likely pair does not chain two groups."""
    likely = np.array(
        [[0, 0.9, 0.6, 0.0], [0.9, 0, 0.1, 0.0], [0.6, 0.1, 0, 0.95], [0.0, 0.0, 0.95, 0]], dtype=np.float64
    )
    assert link_average(likely, 0.5) == [[0, 1], [2, 3]]
    assert link_average(likely, 0.1) == [[0, 1, 2, 3]]
    assert link_average(np.zeros((1, 1)), 0.5) == [[0]]


def test_agreement_of_gists() -> None:
    """The same names at the same kind of event agree fully; names alone only half."""
    one = Gist({1: 0.6, 2: 0.8}, {7: 1.0})
    assert agree(one, one) == 1.0
    assert agree(one, Gist({1: 0.6, 2: 0.8}, {8: 1.0})) == 0.5
    assert agree(one, Gist({}, {})) == 0.0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 12), min_size=1, max_size=6), min_size=1, max_size=60),
    st.sets(st.integers(0, 59)),
)
def test_rows_of_closed_stories_fall_out_at_merges(bags: list[set[int]], closed: set[int]) -> None:
    """Whatever rows are dead, living ones are all found, and dead ones at most where nothing was merged yet."""
    postings = Postings(fresh=5)
    alive = np.array([row not in closed for row in range(len(bags))])
    for row, bag in enumerate(bags):
        postings.add(row, np.array(sorted(bag), dtype=np.intp))
        postings.settle(alive)
    places, rows = postings.find(np.arange(13, dtype=np.intp), most=99, budget=10**6)
    found = set(zip(places.tolist(), rows.tolist(), strict=True))
    held = {(word, row) for row, bag in enumerate(bags) for word in bag}
    assert {pair for pair in held if alive[pair[1]]} <= found <= held


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=40))
def test_stories_wait_by_the_minute(steps: list[tuple[int, bool]]) -> None:
    """All stories of earlier minutes come out, once, and no others."""
    waiting, plain = Waiting(), set[tuple[int, int]]()
    for number, (minute, take) in enumerate(steps):
        waiting.add((minute + 0.5) / 1440, number)
        plain.add((minute, number))
        if take:
            due = {pair for pair in plain if pair[0] < 20}
            assert set(waiting.pop_before(20.5 / 1440)) == {story for _, story in due}
            plain -= due
