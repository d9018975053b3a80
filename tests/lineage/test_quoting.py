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


LONG = FIRE.replace(
    "Mayor Tomas Rill promised quick help",
    '"The whole harbour is a labour of our fathers and we will build it again before the winter storms," said Mayor Tomas Rill.'
    " He promised quick help",
)


def test_words_left_out_between_two_pieces_are_a_cut_and_no_rewording() -> None:
    """What a copy makes two quotations of, with its own words between and some of the speaker's gone, rewords nothing."""
    (change,) = told("of our fathers and we will", 'of our fathers," he said, "we will', base=LONG)
    assert change[:2] == ("quote", "cut")
    (change,) = told(
        "labour of our fathers and we", 'labour," he told the town hall, adding that "we', base=LONG
    )
    assert change[:2] == ("quote", "cut")


@pytest.mark.parametrize(
    "new", ["we may build it again", "we shall never build it again", "we will tear it down"]
)
def test_words_of_sense_inside_the_marks_are_a_rewording_also_in_two_pieces(new: str) -> None:
    """Words exchanged in one of the pieces are told beside the cut, with the piece that has them."""
    cut, reworded = told(
        "of our fathers and we will build it again", f'of our fathers," he said, "{new}', base=LONG
    )
    assert cut[:2] == ("quote", "cut")
    assert reworded[:2] == ("quote", "reworded")
    assert reworded[2].startswith(new)


def test_the_reporters_own_words_between_quotations_may_be_others() -> None:
    """What stands outside of the marks before and after is the reporter's to word."""
    assert told("and spoke in the town hall of", "and talked at the town hall about", base=MIXED) == []


def test_words_put_into_a_quotation_in_marks_of_their_own_touch_no_other() -> None:
    """The speaker's name put into the middle of a quotation does not concern the quotations around it."""
    base = SPOKEN.replace("He promised quick help", 'He called the night "black" and promised quick help')
    assert told("harbour is a labour", 'harbour," he added, "is a labour', base=base) == []
