"""What a brief says and cites, on invented stories."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma.digest import compose_brief
from stemma.digest.voices import read_language
from stemma.types import Article, ArticleId

from .conftest import Check, Make

BRIDGE = "ORLAND, March 8 (Wire) - The Tamber bridge at Orland collapsed on Tuesday after three days of rain, the regional governor Edda Norrel said."


def test_dateline_is_no_part_of_the_sentence(make: Make, check_cited: Check) -> None:
    """A sentence begins behind the dateline, and its span too."""
    article = make("a", BRIDGE, title="Tamber bridge at Orland collapses")
    brief = compose_brief([article])
    assert brief.sentences[0].text.startswith("The Tamber bridge")
    check_cited(brief.sentences, [article])


def test_title_is_a_members_headline(make: Make) -> None:
    """The title is chosen among headlines: the one that says what the texts say, not the teaser."""
    teaser = make("a", BRIDGE, title="You won't believe what happened to this bridge!")
    plain = make(
        "b", BRIDGE.replace("collapsed", "gave way"), title="Tamber bridge at Orland collapses in rain"
    )
    brief = compose_brief([teaser, plain])
    assert (brief.title, brief.title_from) == ("Tamber bridge at Orland collapses in rain", "b")


def test_second_voice_is_cited_only_where_it_says_the_same(make: Make) -> None:
    """A sentence that another newsroom bears out cites both; a different figure bears nothing out."""
    said = "Governor Edda Norrel closed the harbour of Orland for 12 days."
    first = make("a", said, outlet="Morning Dial")
    same = make(
        "b", "The harbour of Orland was closed for 12 days by Governor Edda Norrel.", outlet="Lake Post"
    )
    other = make(
        "c", "The harbour of Orland was closed for 19 days by Governor Edda Norrel.", outlet="Hill News"
    )
    assert {c.article for c in compose_brief([first, same]).sentences[0].citations} == {"a", "b"}
    assert all(len(s.citations) == 1 for s in compose_brief([first, other]).sentences)


def test_reprints_are_one_voice(make: Make) -> None:
    """A copy is not cited beside its source, and the source speaks for both."""
    source = make("a", BRIDGE, outlet="Wire")
    copy = make("b", BRIDGE, outlet="Lake Post")
    brief = compose_brief([copy, source], parents={ArticleId("b"): ArticleId("a")})
    assert [[c.article for c in s.citations] for s in brief.sentences] == [["a"]]


def test_parents_in_a_circle_do_no_harm(make: Make) -> None:
    """Two articles that are each other's source still give a brief."""
    articles = [make("a", BRIDGE), make("b", BRIDGE)]
    parents = {ArticleId("a"): ArticleId("b"), ArticleId("b"): ArticleId("a")}
    assert compose_brief(articles, parents=parents).sentences


@pytest.mark.parametrize("genre", ["opinion", "press release", "sponsored"])
def test_interested_texts_are_silent_where_there_is_news(make: Make, genre: str) -> None:
    """Opinion, press release and advertising are quoted only where nobody reported."""
    report = make("a", BRIDGE)
    pitch = make(
        "b", "Tamber Steel of Orland builds the safest bridges in the region, its owner says.", genre=genre
    )
    assert {c.article for s in compose_brief([pitch, report]).sentences for c in s.citations} == {"a"}
    assert compose_brief([pitch]).sentences


def test_both_sides_of_a_disputed_figure(make: Make, check_cited: Check) -> None:
    """Where two newsrooms count differently and nothing else is said, both are given, each with its outlet."""
    first = make(
        "a",
        "The collapse of the Tamber bridge at Orland killed 14 people on Tuesday morning.",
        outlet="Morning Dial",
    )
    other = make(
        "b",
        "The collapse of the Tamber bridge at Orland killed 9 people in the early hours.",
        outlet="Lake Post",
    )
    brief = compose_brief([first, other])
    assert {s.text.split(":")[0] for s in brief.sentences} == {"Morning Dial", "Lake Post"}
    assert all(s.added[0].kind == "outlet" for s in brief.sentences)
    check_cited(brief.sentences, [first, other])


def test_relative_day_gains_its_date(make: Make, check_cited: Check) -> None:
    """ "on Tuesday" in an article of Wednesday the 9th is the 8th, marked as added; without a sure day nothing is put in."""
    text = "The Tamber bridge at Orland collapsed on Tuesday night after rain, Governor Edda Norrel said."
    article = make("a", text, day="2022-03-09")
    sentence = compose_brief([article]).sentences[0]
    assert "on Tuesday night (8 March 2022) after" in sentence.text
    assert [sentence.text[a.start : a.end] for a in sentence.added] == ["(8 March 2022)"]
    check_cited([sentence], [article])
    assert compose_brief([make("b", text)]).sentences[0].added == ()


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        (
            "de",
            "Die Brücke von Orland ist am Dienstag nach Regen eingestürzt, sagte Edda Norrel.",
            "8. März 2022",
        ),
        (
            "fr",
            "Le pont de Tamber s'est effondré mardi près de la ville d'Orland, selon Edda Norrel.",
            "8 mars 2022",
        ),
        (
            "es",
            "El puente de Tamber se derrumbó el martes en la ciudad de Orland, dijo Edda Norrel.",
            "8 de marzo de 2022",
        ),
    ],
)
def test_dates_in_the_language_of_the_text(make: Make, language: str, text: str, date: str) -> None:
    """A date is put in as the language of the sentence writes it."""
    sentence = compose_brief([make("a", text, day="2022-03-09", language=language)]).sentences[0]
    assert [sentence.text[a.start : a.end] for a in sentence.added] == [f"({date})"]


@pytest.mark.parametrize(
    "text",
    [
        "The fair of Orland opens for the eleventh time on Tuesday and the mayor will be there to greet guests.",
        "“The Orland fair closed on Tuesday,” the mayor of Tamber wrote to all members of the council.",
        "The Tamber bridge at Orland collapsed on Tuesday, March 8, after rain, Governor Edda Norrel said.",
    ],
    ids=["to come", "inside a quotation", "dated already"],
)
def test_no_date_where_it_is_not_sure(make: Make, text: str) -> None:
    """Days to come from afar, quotations and dated days are left as they are."""
    day = "2022-03-12" if "fair opens" in text or "fair of" in text else "2022-03-09"
    for sentence in compose_brief([make("a", text, day=day)]).sentences:
        assert sentence.added == ()


def test_what_cannot_stand_alone_is_not_shown(make: Make) -> None:
    """Captions without a stop, furniture, halves of quotations and cut-off pieces are never sentences of a brief."""
    text = (
        "Cranes over the river at Orland, seen from the market hill\n\n"
        "Subscribe to the newsletter of the Morning Dial for more of this.\n\n"
        "“We saw it fall. It took ten seconds and then there was nothing left.”\n\n"
        "which had been closed to lorries of the Tamber quarry since May.\n\n"
        "The Tamber bridge at Orland collapsed after three days of rain, Governor Edda Norrel said."
    )
    brief = compose_brief([make("a", text)])
    assert [s.text[:17] for s in brief.sentences] == ["The Tamber bridge"]


def test_majority_language_speaks(make: Make) -> None:
    """A story in two languages is told in that of most newsrooms."""
    english = make("a", "The Tamber bridge at Orland collapsed after three days of rain, Edda Norrel said.")
    german = [
        make(
            i,
            f"Die Brücke von Orland ist nach {n} Tagen Regen eingestürzt, sagte Edda Norrel.",
            language="de",
        )
        for i, n in (("b", "drei"), ("c", "vielen"))
    ]
    assert all(s.text.startswith("Die") for s in compose_brief([english, *german]).sentences)


def test_of_two_languages_alike_the_more_printed_speaks(make: Make) -> None:
    """One newsroom in each language: the one whose words others printed is read, whichever came first."""
    german = make("a", "Die Brücke von Orland ist nach drei Tagen Regen eingestürzt.", language="de")
    text = "The Tamber bridge at Orland collapsed after three days of rain, Edda Norrel said."
    english = [make(i, text) for i in ("b", "c")]
    brief = compose_brief([german, *english], parents={english[1].id: english[0].id})
    assert [s.text[:10] for s in brief.sentences] == ["The Tamber"]


def test_same_thing_is_said_once(make: Make) -> None:
    """Two newsrooms' sentences with the same content give one sentence."""
    first = make("a", "The Tamber bridge at Orland collapsed on Tuesday after heavy rain, police said.")
    other = make("b", "Police said the Tamber bridge at Orland collapsed on Tuesday after heavy rain.")
    assert len(compose_brief([first, other]).sentences) == 1


def test_limit_and_empty_stories(make: Make) -> None:
    """Never more than `limit` sentences; a title alone and no article at all are fine."""
    text = "\n\n".join(
        f"The council of {place} voted for the new {thing} with {n} votes against the mayor of Tamber."
        for place, thing, n in (("Orland", "harbour", 31), ("Lissing", "school", 17), ("Varn", "tramway", 23))
    )
    assert len(compose_brief([make("a", text)], limit=2).sentences) <= 2
    assert compose_brief([make("b", "", title="Only a headline")]).title == "Only a headline"
    assert compose_brief([]).sentences == ()


_WORDS = st.sampled_from(
    [
        "Orland",
        "the",
        "bridge",
        "fell",
        "said",
        "12",
        "on",
        "Tuesday",
        "Norrel",
        "“",
        "”",
        "he",
        "But",
        "rain",
        ".",
        ". ",
        "\n\n",
        "(Wire) -",
        "3,400",
        "?",
        "yesterday",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_WORDS, max_size=60), min_size=1, max_size=4))
def test_any_text_gives_cited_words(check_cited: Check, pieces: list[list[str]]) -> None:
    """Whatever the articles hold, each word of a brief stands in its cited spans, and a rerun gives the same."""
    articles = [
        Article(id=ArticleId(str(i)), text=" ".join(words), language="en", outlet=f"Paper {i}")
        for i, words in enumerate(pieces)
    ]
    brief = compose_brief(articles)
    check_cited(brief.sentences, articles)
    assert brief == compose_brief(articles)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bridge at Orland is closed and it will not be opened before the end of the year.", "en"),
        ("Die Brücke in Orland ist geschlossen und wird nicht vor dem Ende des Jahres geöffnet.", "de"),
        ("Le pont d'Orland est fermé et il ne sera pas ouvert avant la fin de l'année.", "fr"),
        ("El puente de Orland está cerrado y no se abrirá antes de que termine el año.", "es"),
        ("Orland Tamber Varn Lissing", None),
    ],
)
def test_language_is_guessed_where_none_is_stated(make: Make, text: str, language: str | None) -> None:
    """An article line may lack its language; a region in it does not matter."""
    assert read_language(make("a", text, language=None)) == language
    assert read_language(make("b", text, language="pt-BR")) == "pt"


def test_an_ordinal_ends_no_sentence(make: Make) -> None:
    """German writes days with a stop: "am 12. Juli" stays in one sentence."""
    text = "Der Rat von Orland hat am 12. Juli den Bau der neuen Brücke über den Tamber beschlossen."
    assert [s.text for s in compose_brief([make("a", text, language="de")]).sentences] == [text]
