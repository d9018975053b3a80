"""Which figures one article gives, and what they count."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.facts import find_figures
from stemma.types import Article, ArticleId, Figure


def figures(text: str, language: str = "en") -> list[Figure]:
    return list(find_figures(Article(id=ArticleId("a"), text=text, language=language)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A blast killed nine people in Belmora.", [(9, 9, "people killed")]),
        (
            "Nine miners were killed and 12 others were injured.",
            [(9, 9, "miners killed"), (12, 12, "miners injured")],
        ),
        ("The shelling left two soldiers dead.", [(2, 2, "soldiers killed")]),
        (
            "Two dead, 3 wounded after a shooting in Tolvan.",
            [(2, 2, "people killed"), (3, 3, "people injured")],
        ),
        ("The death toll has risen to 27.", [(27, 27, "people killed")]),
        ("At least 11 people died.", [(11, None, "people killed")]),
        ("The firm will cut 640 jobs.", [(640, 640, "jobs")]),
    ],
)
def test_what_is_counted(text: str, expected: list[tuple[float, float | None, str]]) -> None:
    """The thing after the number and what happened to it, also for "others" and for numbers alone."""
    assert [(f.low, f.high, f.of) for f in figures(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "It happened on March 14, 2031.",
        "It happened on 14 March.",
        "A 34-year-old man came.",
        "Ana Ruiz, 34, came.",
        "Victims ranged in age from 11 to 30.",
        "It began at 11 p.m. and ended at 2:30.",
        "They met in 2031 and in the 2029 season.",
        "Officers came to the 3400 block of Alder Street.",
        "Boeing 747 is a name. So is Channel 11.",
        "No one came, and one by one they left.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    """Dates, ages, clock times, years, addresses, labels and pronouns are no figures."""
    assert figures(text) == []


def test_who_says_so_and_where() -> None:
    """The source of the sentence, a place and a time stand with the figure."""
    (figure,) = figures("Six people were hurt in Tolvan on Friday, police said.")
    assert (figure.said_by, figure.place, figure.as_of) == ("police", "Tolvan", "on Friday")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Bei dem Unfall wurden drei Menschen getötet.", (3, 3, "Menschen getötet")),
        ("de", "Die Zahl der Toten ist auf sieben gestiegen.", (7, 7, "Menschen getötet")),
        ("fr", "L'accident a fait onze morts.", (11, 11, "personnes tuées")),
        ("es", "Al menos tres personas resultaron heridas.", (3, None, "personas heridas")),
    ],
)
def test_languages(language: str, text: str, expected: tuple[float, float | None, str]) -> None:
    """Things and states are counted in German, French and Spanish."""
    assert [(f.low, f.high, f.of) for f in figures(text, language)] == [expected]


@given(
    st.lists(
        st.sampled_from(
            [
                "12",
                "three",
                "people",
                "killed",
                ",",
                ".",
                "$5",
                "%",
                "and",
                "of",
                "In",
                "2031",
                "-",
                "\n\n",
                "May",
            ]
        ),
        max_size=25,
    )
)
def test_any_text(pieces: list[str]) -> None:
    """Whatever the text, spans lie within it in order, and low is never above high."""
    text = " ".join(pieces)
    found = figures(text)
    assert all(0 <= f.span.start < f.span.end <= len(text) for f in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert all(f.low is None or f.high is None or f.low <= f.high for f in found)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Floods killed 23 people in Sarm, 14 of them in the city of Kelm.",
            [(23, "people killed"), (14, "people killed")],
        ),
        (
            "en",
            "Over a winter 24 people fell ill, compared with 83 in the other group.",
            [(24, "people"), (83, "people")],
        ),
        (
            "en",
            "The aid was raised from 40 million to 75 million crowns.",
            [(40e6, "crowns"), (75e6, "crowns")],
        ),
        (
            "de",
            "Gestrichen werden 1.187 Stellen, davon 740 in Kelm und 447 in Torm.",
            [(1187, "Stellen"), (740, "Stellen"), (447, "Stellen")],
        ),
        ("de", "Das Unternehmen gibt 310 Millionen Taler aus.", [(310e6, "Taler")]),
        ("de", "Bis Ende 2027 fallen rund 1.600 Plätze weg.", [(1600, "Plätze")]),
        (
            "de",
            "Etwa 9.300 Menschen kamen. Etwa 1.100 von ihnen schlafen in Hallen.",
            [(9300, "Menschen"), (1100, "Menschen")],
        ),
    ],
)
def test_bare_number_counts_what_the_one_before_counts(
    language: str, text: str, expected: list[tuple[float, str]]
) -> None:
    """ "14 of them", "compared with 83", "740 in Kelm", and both ends of a change."""
    assert [(f.low, f.of) for f in figures(text, language)] == expected


def test_range_and_change_differ() -> None:
    """ "from 5 to 10" is a range, "rose from 5 to 10" two figures."""
    assert [(f.low, f.high) for f in figures("Tickets cost from 5 to 10 crowns.")] == [(5, 10)]
    assert [(f.low, f.high) for f in figures("The price rose from 5 to 10 crowns.")] == [(5, 5), (10, 10)]


def test_former_estimate_counts_what_the_new_one_counts() -> None:
    """ "up from an estimate of 3,000 days ago": the number of the same thing as it was told before."""
    text = (
        "Some 5,000 soldiers have been killed, an official said, up from an estimate of 3,000 just days ago."
    )
    figures = find_figures(Article(id=ArticleId("a"), text=text, language="en"))
    assert [(f.low, f.of) for f in figures] == [(5000, "soldiers killed"), (3000, "soldiers killed")]


def test_a_part_of_a_day_is_no_time() -> None:
    """ "The night" and "the two-week invasion" say not when; a weekday does."""
    for text, when in (
        ("Three people were killed in the night.", None),
        ("Three people were killed in the two-week siege.", None),
        ("Three people were killed late on Monday night.", "on Monday night"),
        ("Three people were killed last night.", "last night"),
    ):
        (figure, *_) = find_figures(Article(id=ArticleId("a"), text=text, language="en"))
        assert figure.as_of == when, text


def test_a_span_of_time_is_not_what_happened() -> None:
    """ "Two days earlier killed" is no thing that is counted."""
    text = "Nineteen more than two days earlier were killed, the police said."
    figures = find_figures(Article(id=ArticleId("a"), text=text, language="en"))
    assert not [f for f in figures if f.of and "days" in f.of and "killed" in f.of]


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        ("The Marrenian army counted 190 shells in the night.", "en", "The Marrenian army"),
        ("Hospital officials put the toll at 45.", "en", "Hospital officials"),
        ("Monitors counted 14 dead but the government puts the number of dead at 9.", "en", "the government"),
        ("The health ministry has reported 45 deaths.", "en", "The health ministry"),
        ("Das Ministerium bezifferte die Zahl der Toten auf 45.", "de", "Das Ministerium"),
        ("El ministerio cifró el número de muertos en 45.", "es", "El ministerio"),
        ("Le ministère chiffre le nombre de morts à 45.", "fr", "Le ministère"),
    ],
)
def test_who_counts_says_the_figure(text: str, language: str, who: str) -> None:
    """The subject of a verb of counting right before the number answers for it."""
    assert figures(text, language)[-1].said_by == who


@pytest.mark.parametrize(
    "text",
    [
        "The toll was put at 14.",
        "The club, which counted 12 goals, lost.",
        "The mill recorded 12 sales.",
        "The toll, earlier put at four, now stands at six.",
    ],
)
def test_nobody_counted(text: str) -> None:
    """A passive, a relative clause or a record of sales names nobody who counted."""
    assert [f.said_by for f in figures(text)] == [None] * len(figures(text))


def test_rockets_are_not_killed() -> None:
    """A toll does not take over a thing that was counted before and cannot die."""
    text = "The army fired 190 rockets. The ministry puts the number of dead at 212."
    assert [f.of for f in figures(text)][-1] == "people killed"


def test_a_death_penalty_kills_nobody_who_is_counted() -> None:
    """ "Nine in favour of the death penalty" are no nine killed, and two murder charges no two murdered."""
    for text in (
        "The jury stood divided, with nine in favour of the death penalty.",
        "Falk faces two murder charges.",
    ):
        assert not [f for f in figures(text) if f.of and "killed" in f.of], text


def test_a_bare_number_counts_what_the_tally_is_of() -> None:
    """ "The number of jobs … to 1,200", "the toll …, now stands at six": the thing is the tally's."""
    assert figures("The firm doubled the number of jobs that it will cut to 1,200.")[-1].of == "jobs"
    text = "The toll of the mill fire, earlier put at four, now stands at six, police said."
    assert [(f.low, f.of) for f in figures(text)] == [(4, "people killed"), (6, "people killed")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das Flugzeug des Nord-Air-Fluges 338 wurde geräumt.", "de"),
        ("Auf der Autobahn 7 staute es sich.", "de"),
        ("El vuelo 338 aterrizó tarde.", "es"),
        ("La ruta 40 está cortada.", "es"),
    ],
)
def test_numbers_of_flights_and_roads_are_no_figures(text: str, language: str) -> None:
    """What a number only labels is not counted, also behind a compound."""
    assert figures(text, language) == []


def test_a_bare_number_that_is_put_somewhere_counts_what_was_counted_before() -> None:
    """ "Marrenia puts the number at more than 200": of what the sentence before counts, and said by Marrenia."""
    text = "The truce has been broken 46 times, according to the monitors. Marrenia puts the number at more than 200."
    found = find_figures(Article(id=ArticleId("a"), text=text, language="en"))
    assert [(f.of, f.low, f.said_by) for f in found] == [
        ("times", 46.0, "the monitors"),
        ("times", 200.0, "Marrenia"),
    ]
