"""What a copy did to words in quotation marks, and what it may do without changing them."""

from __future__ import annotations

import pytest

from .test_changes import told
from .texts import FIRE

SPOKEN = FIRE.replace(
    "Mayor Tomas Rill promised quick help",
    '"We did not expect this," said Mayor Tomas Rill. "The whole harbour is a labour of our fathers." He promised quick help',
)
MIXED = FIRE.replace(
    "Mayor Tomas Rill promised quick help",
    'Mayor Tomas Rill called the loss "bitter" and spoke in the town hall of a "black day" and promised quick help',
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We did not expect", "We didn't expect"),
        ("a labour of", "a labor of"),
        ('"We did not expect this,"', "“We did not expect this,”"),
        ("said Mayor Tomas Rill.", "said the mayor, Tomas Rill."),
    ],
)
def test_the_same_words_in_another_spelling_are_the_same_quotation(old: str, new: str) -> None:
    """A contraction, British spelling, curly marks and another place of the office change nothing that was said."""
    assert told(old, new, base=SPOKEN) == []


def test_two_quotations_run_together_are_told_with_both() -> None:
    """The reporter's words between them are gone: what was said at two times stands as one statement."""
    (change,) = told('this," said Mayor Tomas Rill. "The', "this. The", base=SPOKEN)
    assert change == (
        "quote",
        "reworded",
        "We did not expect this. The whole harbour is a labour of our fathers.",
        'We did not expect this," said Mayor Tomas Rill. "The whole harbour is a labour of our fathers.',
    )


def test_a_quotation_parted_by_its_speaker_is_no_other_quotation() -> None:
    """The way round: the words in marks are all there."""
    joined = SPOKEN.replace('this," said Mayor Tomas Rill. "The', "this. The")
    assert told("this. The", 'this," he said. "The', base=joined) == []


def test_marks_set_around_the_reporters_words_are_told() -> None:
    """Words that the source does not quote are nobody's statement."""
    assert told('the heat," said fire', 'the heat", said fire') == []  # only a comma moved
    (change,) = told(
        '"bitter" and spoke in the town hall of', '"bitter and spoke in the town hall" of', base=MIXED
    )
    assert change == ("quote", "reworded", "bitter and spoke in the town hall", "bitter")


def test_words_between_two_quoted_pieces_of_one_sentence_belong_to_the_statement() -> None:
    """A statement told half in marks is changed by what is left out between them."""
    (change,) = told(" in the town hall", "", base=MIXED)
    assert change[:2] == ("quote", "cut")
    assert change[2] == " and spoke of a "


def test_a_word_exchanged_otherwise_than_elsewhere_is_no_synonym() -> None:
    """Where a copy says "homes" for "houses" and in marks "churches", the quotation is another."""
    base = FIRE.replace("for the 48 families who had", "in new houses for the families who had")
    copied = (
        base.replace("destroyed", "ruined")
        .replace("seen by", "spotted by")
        .replace("quick help in new houses", "swift help in new homes")
    )
    changes = told(base, copied.replace("protect the houses", "protect the churches"), base=base)
    assert [c[:2] for c in changes] == [("quote", "reworded")]
    assert told(base, copied.replace("protect the houses", "protect the homes"), base=base) == []


def test_a_copy_that_ends_within_a_quotation_cuts_the_text_and_not_the_quotation() -> None:
    """An excerpt breaks off somewhere."""
    base = (
        FIRE + '\n\n"It was a good place to work. It was a good place to live," said Anna Brock of the union.'
    )
    assert [
        c
        for c in told(' It was a good place to live," said Anna Brock of the union.', "", base=base)
        if c[0] == "quote"
    ] == []
