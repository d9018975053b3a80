"""Lines of flattened pages: marks of renderers, hard wraps, prompts, and the trees that weigh them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.extract.flat.choose import is_furniture
from stemma.extract.flat.features import NAMES, best_run, weigh_lines
from stemma.extract.flat.lines import split_lines
from stemma.extract.flat.prompts import INSIDE, KINDS, NONE, OPENS, WHOLE, count_phrases, weigh_prompts
from stemma.extract.flat.trees import load_trees

WRAPPED = """The harbour bridge of Port Ellsay was closed on Tuesday
after inspectors found cracks in two of its cables, the
transport office said. The mayor said that the closure
would last at least six weeks, perhaps until summer.

About fourteen thousand vehicles cross the bridge every
day. Most of them will have to drive around the bay now,
which takes half an hour on a good day, and more on bad
ones."""


def test_marks_of_renderers_are_set_apart() -> None:
    """Bullets, heading signs and emphasis of Markdown are no words; the dash of a spoken line is kept."""
    lines = split_lines(
        "# The **bridge**\n\n* one _item_ here\n\n[A link](https://gazette.example/a) stays\n– Yes, he said"
    )
    assert [(line.mark, line.text) for line in lines] == [
        ("#", "The bridge"),
        ("*", "one item here"),
        ("", "A link stays"),
        ("-", "– Yes, he said"),
    ]
    assert [line.blanks for line in lines] == [0, 1, 1, 0]


def test_stars_stay_where_the_page_is_no_markdown() -> None:
    """Underscores and stars of plain text are left as they are."""
    assert split_lines("The file_name_here and 2 * 3 * 4")[0].text == "The file_name_here and 2 * 3 * 4"


def test_hard_wrapped_paragraphs_are_joined() -> None:
    """Rows of one width are paragraphs that somebody wrapped; short poems and menus are not joined."""
    assert [len(line.words) for line in split_lines(WRAPPED)] == [38, 34]
    assert len(split_lines("Home\nNews\nSport\nLocal\nWeather\nContact\nAbout\nTerms\nHelp")) == 9


def test_paragraphs_of_one_length_that_end_are_no_rows() -> None:
    """Scripts without capitals have their own stops: paragraphs that end with one stay apart."""
    assert len(split_lines("\n".join(["港" * 60 + "。"] * 9))) == 9


def test_prompts_are_known_by_place() -> None:
    """A phrase may be the line, open it, or stand in it; a single word counts only at the start."""
    related, legal = KINDS.index("related"), KINDS.index("legal")
    assert weigh_prompts(["related", "articles"])[related] == WHOLE
    assert weigh_prompts(["read", "more", "about", "the", "bridge"])[related] == OPENS
    assert weigh_prompts(["the", "text", "is", "in", "all", "rights", "reserved"])[legal] == INSIDE
    assert weigh_prompts(["they", "watch", "related", "birds"])[related] == NONE
    assert weigh_prompts(["34", "comments"])[KINDS.index("comments")] == WHOLE
    assert count_phrases(["all", "rights", "reserved", "and", "terms", "of", "use", "apply"], "legal") == 2


def test_the_best_run_has_the_greatest_sum() -> None:
    """The run is the one whose gains add up to most."""
    assert best_run(np.array([1.0, -5.0, 3.0, -1.0, 4.0, -9.0, 2.0])) == (2, 5)


def test_trees_weigh_rows_one_by_one_as_together() -> None:
    """A row's weight does not depend on the rows beside it, and is a probability."""
    rows = np.random.default_rng(7).normal(size=(130, len(NAMES))) * 5
    together = load_trees().weigh(rows)
    assert np.array_equal(together[70:71], load_trees().weigh(rows[70:71]))
    assert ((together > 0) & (together < 1)).all()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB1 .\n*#_-–\u00ad東。[]()!\"'»"), max_size=400))
def test_any_text_becomes_lines_and_numbers(text: str) -> None:
    """Any text is split and weighed: a row of finite numbers for each line that has words."""
    lines = split_lines(text)
    rows = weigh_lines(lines)
    assert rows.shape == (len(lines), len(NAMES))
    assert np.isfinite(rows).all()
    assert all(line.words for line in lines)


def test_a_label_before_a_headline_leads_to_another_story() -> None:
    """ "Also: …" with a headline behind it is furniture, a sentence behind another label is not."""
    (also,) = split_lines("Also: The best ferries of the northern coast")
    (said,) = split_lines("Morrow: We cannot promise anybody a safe crossing")
    assert is_furniture(also)
    assert not is_furniture(said)
