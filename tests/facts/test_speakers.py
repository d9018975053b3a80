"""Whose words they are where the name stands far from the cue, in a clause around it, or in another sentence."""

from __future__ import annotations

import pytest

from stemma.facts import find_quotes
from stemma.types import Article, ArticleId


def speakers(text: str) -> list[str | None]:
    return [q.speaker for q in find_quotes(Article(id=ArticleId("a"), text=text, language="en"))]


@pytest.mark.parametrize("who", ["Ana Ruiz", "the office of the mayor"])
def test_with_somebody_saying(who: str) -> None:
    """What a participle tells belongs to the words between "with" and it; behind a comma it does not."""
    assert speakers(f"The dispute has split the council, with {who} saying the wall is too low.") == [who]
    text = f"Jon Falk met the council with {who}, saying the wall is too low."
    assert speakers(text) == ["Jon Falk"]


def test_a_participle_at_the_head_is_no_subject() -> None:
    """Of "Pressed by the council, Ruiz … promising" Ruiz promised."""
    text = "Pressed by the council, as well as by a few ports, Ruiz changed the plan, promising to build a lower wall."
    assert speakers(text) == ["Ruiz"]


def test_a_verb_of_the_past_goes_on_with_one_of_the_past() -> None:
    """Who said that something would be, and suggested something, is one; a plain past within may go on itself."""
    text = "Jon Falk said that the port would declare its closure in March and suggested that it would sell the cranes."
    assert speakers(text)[0] == speakers(text)[-1] == "Jon Falk"
    text = "Residents said they want “justice for the bay,” but pledged to remain calm."
    assert speakers(text) == ["Residents", "Residents"]


def test_who_adds_is_the_outermost_who_said() -> None:
    """Within "told … that she believes we must", neither she nor we is who says what follows the comma."""
    text = "Ana Ruiz told them that she believes we must continue to push for rules, saying that “the sea decides too much.”"
    assert speakers(text)[-1] == "Ana Ruiz"


def test_a_sentence_between_names_another() -> None:
    """Marked words behind a sentence about Falk are Falk's, and not of whoever spoke in the paragraph before."""
    text = (
        "“The wall is too low for the sea,” Ana Ruiz said.\n\nOn the other side, Jon Falk, who heads the port, sent out "
        "a warning. “We cannot pay for a higher wall than that one, and nobody can.”"
    )
    assert speakers(text) == ["Ana Ruiz", "Jon Falk"]


def test_an_announced_paragraph_is_the_announcers() -> None:
    """A sentence that ends in a colon and names who notes it has the next paragraph, whoever spoke before."""
    text = (
        "“It could be worse,” Ana Ruiz said.\n\nIt would be hard to say more, as the Tolvik harbour office notes:\n\n"
        "“In the fall of 1960 some ninety boats met in the bay and none came back to it.”"
    )
    assert speakers(text)[-1] == "the Tolvik harbour office"


def test_a_line_with_a_hyphen_signs() -> None:
    """A line of a hyphen, a name and who that is signs the marked paragraph above; a line of a list does not."""
    text = "“We cannot pay for a higher wall than that.”\n\n-Mayor Lene Holm, speaking after the vote."
    assert speakers(text) == ["Lene Holm"]
    text = "“We cannot pay for a higher wall than that.”\n\n- two boats were lost in the bay"
    assert speakers(text) == [None]


def test_a_bare_form_behind_one_thing_is_a_noun() -> None:
    """Of "Ruiz made an unprompted call for …, calling them …" Ruiz called them so; no "unprompted" called for anything."""
    assert speakers("Ana Ruiz made an unprompted call for an end to fees, calling them “a tax on fish.”") == [
        "Ana Ruiz"
    ]


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        (
            "As reported by the Courier, divers found letters in the bay.",
            "divers found letters in the bay",
            "the Courier",
        ),
        (
            "Divers found letters in the bay, as announced by the port.",
            "Divers found letters in the bay",
            "the port",
        ),
        (
            "Throughout the debate, Ana Ruiz kept calm, promising to build a wall.",
            "to build a wall",
            "Ana Ruiz",
        ),
    ],
)
def test_sources_and_circumstances_at_the_head(text: str, words: str, who: str) -> None:
    """ "As reported by" gives the clause to its agent, on either side; "throughout the debate" is no subject."""
    (quote,) = find_quotes(Article(id=ArticleId("a"), text=text, language="en"))
    assert (text[quote.span.start : quote.span.end], quote.speaker) == (words, who)
