"""Whose office a speaker's words name, in texts of our own."""

from __future__ import annotations

import pytest

from stemma.facts import find_quotes
from stemma.types import Article, ArticleId


def _last_speaker(text: str, language: str = "en") -> str | None:
    return find_quotes(Article(id=ArticleId("a"), text=text, language=language))[-1].speaker


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Mayor Jon Falk opened the bridge. “It will last,” the mayor said.", "Jon Falk"),
        (
            "en",
            "Ilse Torvik, the governor of Kelm, came to the port. The governor said that the dam would hold.",
            "Ilse Torvik",
        ),
        (
            "en",
            "Kelm President Ana Ruiz met Lindmark President Jon Falk. “We agree,” the Lindmark president said.",
            "Jon Falk",
        ),
        (
            "de",
            "Die Landesumweltministerin Mara Tolland kam an den Deich. Die Ministerin sagte, er werde halten.",
            "Mara Tolland",
        ),
        (
            "de",
            "Der Bürgermeister von Tolvik, Jon Falk, war dabei. Der Bürgermeister erklärte, das Wasser sei gesunken.",
            "Jon Falk",
        ),
    ],
)
def test_holder(language: str, text: str, speaker: str) -> None:
    """An office with a definite article is the one person's whom the text introduces with it."""
    assert _last_speaker(text, language) == speaker


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Senator Jon Falk met Senator Ana Ruiz. “It is over,” the senator said.", "the senator"),
        ("en", "Former Mayor Jon Falk came. “I am glad,” the mayor said.", "the mayor"),
        ("en", "Deputy Mayor Jon Falk came. “I am glad,” the mayor said.", "the mayor"),
        ("en", "Mayor Jon Falk came. “I am glad,” a mayor said.", "a mayor"),
        (
            "de",
            "Der Wellenforscher Jon Falk kam. Die Forscher erklärten, das Wasser sei gesunken.",
            "Die Forscher",
        ),
    ],
)
def test_nobody_in_particular(language: str, text: str, speaker: str) -> None:
    """Of two holders, of a former or lesser office, and of many, the words stay as they are."""
    assert _last_speaker(text, language) == speaker


def test_signature_below_a_quotation() -> None:
    """A dash and a name behind the marks, or in the next line, sign the words."""
    text = "“The harbour has waited long enough for this.” ― Ana Ruiz\n\n“Nobody asked the fishermen about it at all.”\n― Jon Falk"
    quotes = find_quotes(Article(id=ArticleId("a"), text=text, language="en"))
    assert [q.speaker for q in quotes] == ["Ana Ruiz", "Jon Falk"]


def test_heading_in_marks_is_no_statement() -> None:
    """A few marked words with capitals that make a paragraph alone are a heading."""
    text = "The port reopens.\n\n'All Boats Are Home.'\n\nEight ships came in on Monday."
    assert find_quotes(Article(id=ArticleId("a"), text=text, language="en")) == ()


def test_who_speaks_behind_the_person_told() -> None:
    """ "told reporters he thought …": the clause begins at its pronoun, also where it holds marked words."""
    text = "Jon Falk told reporters on Monday he thought the bridge was “a disgrace” for the town."
    (quote,) = find_quotes(Article(id=ArticleId("a"), text=text, language="en"))
    assert text[quote.span.start : quote.span.end].startswith("he thought the bridge")


def test_country_behind_a_title_is_no_name() -> None:
    """ "President Jon Falk of Lindmark": what he is president of is not part of his name."""
    text = "President Jon Falk of Lindmark said that the border would open."
    assert _last_speaker(text) == "Jon Falk"


def test_who_adds_is_who_said() -> None:
    """A participle goes with the verb of saying that holds the clause, not with a verb within it."""
    text = 'Minister Jon Falk said both Ruiz and Lamas had asked that he come, adding he wished it could be a "new start".'
    assert _last_speaker(text) == "Jon Falk"


def test_it_goes_on_with_the_last_speaker() -> None:
    """Marked words in a sentence that begins with "it" are of whoever spoke in the sentence before."""
    text = (
        "The wall would “not make the harbour any safer,” General Ilse Torvik said. "
        "It could also be “mistaken for a threat and end in a war with the north.”"
    )
    assert _last_speaker(text) == "Ilse Torvik"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Jon Falk came to Kelm. The Falk campaign said that the hall was full.", "The Falk campaign"),
        ("Jon Falk came to Kelm. Falk supporters said that the hall was full.", "Falk supporters"),
        ("Jon Falk came to Kelm. A Falk aide said that the hall was full.", "A Falk aide"),
        ("Jon Falk came to Kelm. Falk himself said that the hall was full.", "Jon Falk"),
        ("Jon Falk came to Kelm. Falk later said that the hall was full.", "Jon Falk"),
        ("Both Kelm and Tolvik said that the dam was old.", "Kelm and Tolvik"),
    ],
)
def test_name_that_describes_a_noun_is_nobody(text: str, speaker: str) -> None:
    """What a campaign, an aide or supporters say is not said by the one they are of; "both" names nobody."""
    assert _last_speaker(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Ana Ruiz is mayor. Ruiz leaned over the rail and shook her head: “The bridge is gone.”",
            "Ana Ruiz",
        ),
        ("More on the flood - Jon Falk: “The bridge will not be rebuilt before the spring.”", "Jon Falk"),
        ("Mayor Jon Falk stayed calm. “I know where the boats are.” Falk said.", "Jon Falk"),
        ("The sign had one line: “The bridge will not be rebuilt before the spring.”", None),
    ],
)
def test_subject_of_the_sentence_has_marked_words_without_a_cue(text: str, speaker: str | None) -> None:
    """Where no verb of saying stands, marked words go to the person who is their sentence's subject, and to no thing."""
    assert _last_speaker(text) == speaker


def test_turns_of_a_transcript_are_their_own() -> None:
    """Marked paragraphs that begin with a name and a colon are each that person's, and not one quotation."""
    text = (
        "Ana Ruiz met Jon Falk on the bridge that night.\n\n"
        "“RUIZ: The bridge is old, and everybody in Kelm knows it.”\n\n"
        "“FALK: It has carried lorries since before you were born.”"
    )
    quotes = find_quotes(Article(id=ArticleId("a"), text=text, language="en"))
    assert [q.speaker for q in quotes] == ["Ana Ruiz", "Jon Falk"]


def test_title_of_a_work_before_a_cue_is_not_said() -> None:
    """A book or programme within the sentence is what the words are from, not the words."""
    text = "In his first book, “A Winter on the Dam,” Jon Falk said that the river had changed."
    assert [
        text[q.span.start : q.span.end]
        for q in find_quotes(Article(id=ArticleId("a"), text=text, language="en"))
    ] == ["that the river had changed"]


def test_words_are_given_once_where_a_second_cue_stands_between() -> None:
    """ "Told a hearing that": the hearing is where it was said, and not said by anybody."""
    text = "Mayor Ana Ruiz told a committee hearing on Thursday that the bridge had “no future at all”."
    quotes = find_quotes(Article(id=ArticleId("a"), text=text, language="en"))
    assert [q.speaker for q in quotes] == ["Ana Ruiz"]
