"""Lines that an outlet repeats are learned from articles on different things, and cut from later ones only."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from stemma.extract import RepeatedLines
from stemma.types import Article, ArticleId

APPEAL = "The Marlow Ledger belongs to its readers and takes no money from parties or companies."
STORIES = (
    "The harbour bridge was closed after inspectors found cracks in two cables.\n\nVehicles now cross by the old ferry.",
    "Apple growers lost most of their blossom to a late frost.\n\nThe cooperative expects a third of the usual harvest.",
    "The orchestra named a conductor from Tallinn.\n\nHer first concert will be a symphony by Sibelius in October.",
    "Burglars emptied the vault of a jeweller overnight.\n\nDetectives say the alarm had been silent since Sunday.",
    "A comet will be visible to the naked eye this weekend.\n\nAstronomers advise binoculars and a dark meadow.",
    "Striking teachers returned to their classrooms.\n\nPupils will make up the missed lessons before Easter.",
)
WAR = "Fighting in the Karst province began when militias seized the border garrisons at Velm."


def _article(number: int, text: str, *, site: str = "ledger.example", url: bool = True) -> Article:
    return Article(
        id=ArticleId(str(number)),
        text=text,
        url=f"https://www.{site}/news/{number}" if url else None,
        outlet=None if url else site,
    )


def _taught(*, count: int = 4, line: str = APPEAL) -> RepeatedLines:
    memory = RepeatedLines()
    for number, story in enumerate(STORIES[:count]):
        memory.note(_article(number, f"{story}\n\n{line}"))
    return memory


def test_a_paragraph_under_articles_on_different_things_is_cut_from_later_ones() -> None:
    """Four articles that have nothing else in common teach a line; the fifth is read without it, and says so."""
    article = _article(9, f"{STORIES[4]}\n\n{APPEAL}")
    read = _taught().cut(article)
    assert read.text == STORIES[4]
    assert [f.name for f in read.found] == ["text"]


def test_three_articles_teach_nothing() -> None:
    """Fewer witnesses than four leave the line where it is."""
    article = _article(9, f"{STORIES[4]}\n\n{APPEAL}")
    assert _taught(count=3).cut(article) is article


def test_background_of_one_affair_is_no_furniture() -> None:
    """Any number of articles on one war repeat its background: they are one witness, and the paragraph stays."""
    memory = RepeatedLines()
    for number in range(12):
        told = f"Militias in the Karst province shelled the garrisons of Velm on day {number}, the border council said."
        memory.note(_article(number, f"{told}\n\n{WAR}"))
    article = _article(99, f"The border council of the Karst province met.\n\n{WAR}")
    assert memory.cut(article) is article


def test_what_one_outlet_repeats_says_nothing_of_another() -> None:
    """Another site that quotes the line keeps it."""
    article = _article(9, f"{STORIES[4]}\n\n{APPEAL}", site="courier.example")
    assert _taught().cut(article) is article


def test_a_flattened_page_without_an_address_goes_by_its_outlet() -> None:
    """Where there is no address the outlet's name says whose line it is."""
    memory = RepeatedLines()
    for number, story in enumerate(STORIES[:4]):
        memory.note(_article(number, f"{story}\n\n{APPEAL}", site="Marlow Ledger", url=False))
    read = memory.cut(_article(9, f"{STORIES[5]}\n\n{APPEAL}", site="Marlow Ledger", url=False))
    assert read.text == STORIES[5]
    nameless = replace(_article(9, f"{STORIES[5]}\n\n{APPEAL}"), url=None)
    assert memory.cut(nameless) is nameless


def test_short_headings_of_a_standing_form_stay() -> None:
    """ "Background" or "What happens next" over a part of each article is the article's own."""
    memory = _taught(line="What happens next")
    article = _article(9, f"{STORIES[4]}\n\nWhat happens next")
    assert memory.cut(article) is article


def test_an_article_that_is_all_repeated_is_given_whole() -> None:
    """A page that prints the appeal itself is not emptied."""
    article = _article(9, f"{APPEAL}\n\nGive now.")
    assert _taught().cut(article) is article


def test_a_revision_keeps_what_its_first_text_had() -> None:
    """A line that stood in the earlier revision is not taken away by what was learned since."""
    article = _article(9, f"{STORIES[4]}\n\n{APPEAL}")
    assert _taught().cut(article, keep=article.text) is article


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), st.integers(0, 3)), max_size=60),
)
def test_memory_is_bounded_and_the_same_after_it_is_built_again(seen: list[tuple[int, int, int]]) -> None:
    """However much comes in, it holds its bound; built again from the articles as they were kept, it cuts the same."""
    memory, again = (RepeatedLines(witnesses=2, most=4, most_in_all=12) for _ in range(2))
    for number, (story, line, site) in enumerate(seen):
        article = _article(
            number, f"{STORIES[story]}\n\nStanding notice number {line} of ours.", site=f"{site}.example"
        )
        kept = memory.cut(article)
        memory.note(kept)
        again.note(kept)
        assert again.cut(article) == memory.cut(article)
        assert len(memory) <= 12 + 8
