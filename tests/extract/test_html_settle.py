"""What the page's names and the blocks around say against the scorer: captions, comments, links to other stories, gaps."""

from __future__ import annotations

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from stemma.extract.html.body import Body, choose_body
from stemma.extract.html.outline import Outline, read_outline
from stemma.extract.html.settle import find_barred_lines

from .html_pages import PARAGRAPHS


def outline_of(markup: str) -> Outline:
    """The blocks of a body."""
    return read_outline(LexborHTMLParser(f"<html><body>{markup}</body></html>"))


def choose(markup: str, odds: dict[str, float] | None = None, **more: object) -> Body:
    """The body where all blocks are likely but those that begin with a key of `odds`."""
    outline = outline_of(markup)
    likely = [
        next((p for start, p in (odds or {}).items() if t.startswith(start)), 0.95) for t in outline.texts
    ]
    return choose_body(outline, np.array(likely), **more)  # type: ignore[arg-type]


def paragraphs(*texts: str) -> str:
    """Texts as `p`s."""
    return "".join(f"<p>{t}</p>" for t in texts)


def test_captions_by_name_are_no_text() -> None:
    """A caption in any element that is named for it is left out, a long element of that name is not believed."""
    caption = '<div class="photo"><div class="image-caption"><p>The iron bridge in the evening light</p></div></div>'
    assert "evening light" not in choose(paragraphs(*PARAGRAPHS) + caption + paragraphs(PARAGRAPHS[0])).text
    assert len(choose(f'<div class="captions-off">{paragraphs(*PARAGRAPHS)}</div>').text) > 400


def test_comments_are_no_text() -> None:
    """Readers' comments are left out, unless the name stands around most of the text."""
    comment = '<div id="comments"><div class="c"><p>I walked over that bridge every day of my life, and so did my father.</p></div></div>'
    assert "my father" not in choose(paragraphs(*PARAGRAPHS) + comment).text
    assert "two of the four" in choose(f'<div class="post no-comments">{paragraphs(*PARAGRAPHS)}</div>').text


def test_links_to_other_stories_between_paragraphs() -> None:
    """A linked headline between paragraphs is no text, with a label, in capitals or as a paragraph of its own; a list of links is."""
    lines = (
        '<p>Read also: <a href="/b">Ferry stops for the winter months</a></p>',
        '<p>LEES MEER | <a href="/b">De veerboot vaart niet</a></p>',
        '<h4><a href="/b">FERRY STOPS FOR THE WINTER</a></h4>',
        '<p><a href="/b">The ferry stops for the whole winter</a></p>',
    )
    for line in lines:
        text = choose(paragraphs(*PARAGRAPHS[:2]) + line + paragraphs(*PARAGRAPHS[2:])).text
        assert text == "\n\n".join(PARAGRAPHS), line
    own = '<p>The minutes, <a href="/m">which anybody may read in the town hall</a>, name two more.</p><ul><li><a href="/m">Minutes of the meeting in May of this year</a></li></ul>'
    assert choose(paragraphs(*PARAGRAPHS) + own).text.endswith("this year")


def test_a_gap_between_paragraphs_is_filled() -> None:
    """A paragraph that the scorer doubts is kept between its like, and left out behind the last of them."""
    odds = {PARAGRAPHS[2][:20]: 0.3, PARAGRAPHS[4][:20]: 0.3}
    assert choose(paragraphs(*PARAGRAPHS), odds).text == "\n\n".join(PARAGRAPHS[:4])


def test_headings_go_with_their_sections() -> None:
    """A doubtful heading before a kept paragraph is kept, one before nothing is not."""
    markup = (
        paragraphs(*PARAGRAPHS[:2])
        + "<h3>What it costs</h3>"
        + paragraphs(*PARAGRAPHS[2:])
        + "<h3>What else</h3>"
    )
    text = choose(markup, {"What it costs": 0.4, "What else": 0.4}).text
    assert "What it costs" in text
    assert "What else" not in text


def test_standfirst_by_name() -> None:
    """The standfirst between headline and text is kept where its element is named so."""
    said = "Traffic is to go over the old ferry for a whole year."
    for name, kept in (("article__standfirst", True), ("x1", False)):
        markup = f'<h1>A bridge closes</h1><div class="{name}">{said}</div>' + paragraphs(*PARAGRAPHS)
        assert (said in choose(markup, {said: 0.2}, title="A bridge closes").text) == kept


def test_lines_said_again_in_one_list_stay() -> None:
    """A recipe may say a line twice; a copy of the article in another element is given once."""
    line = "Two spoons of butter and one of flour, stirred well"
    assert (
        choose(paragraphs(PARAGRAPHS[0], line, PARAGRAPHS[1], line, PARAGRAPHS[2])).text.count("butter") == 2
    )
    twice = f"<div>{paragraphs(line, *PARAGRAPHS)}</div><div>{paragraphs(line, *PARAGRAPHS)}</div>"
    assert choose(twice).text.count("butter") == 1


def test_what_the_outlet_earns_is_no_text() -> None:
    """A notice on commissions is left out, also a long one."""
    notice = (
        "Our writers choose what they write about on their own and are told by nobody what to praise, as they have been since the first "
        "issue of the paper in the year of the great flood; where you buy something through a link we may earn a commission, which "
        "helps to pay for the printing press, the paper boys and the tea that is drunk here in large amounts every day."
    )
    assert choose(paragraphs(*PARAGRAPHS, notice)).text == "\n\n".join(PARAGRAPHS)


def test_lines_barred_on_the_whole_page() -> None:
    """What a second opinion must not bring back: captions, comments and lines of one link, wherever they stand."""
    caption = '<div class="wp-caption-text">The iron bridge in the evening light</div>'
    link = '<p>Read also: <a href="/b">Ferry stops for the winter months</a></p>'
    outline = outline_of(paragraphs(*PARAGRAPHS) + caption + link)
    assert find_barred_lines(outline, range(len(PARAGRAPHS))) == {
        "The iron bridge in the evening light",
        "Read also: Ferry stops for the winter months",
    }


def test_a_cell_holds_paragraphs_and_a_row_holds_cells() -> None:
    """Paragraphs in one cell of a layout stay apart, cells of one row share a line."""
    layout = f"<table><tr><td>{'<br><br>'.join(PARAGRAPHS)}</td></tr></table>"
    assert choose(layout).text == "\n\n".join(PARAGRAPHS)
    assert (
        "North\t12\n\nSouth\t9"
        in choose(
            paragraphs(*PARAGRAPHS)
            + "<table><tr><td>North</td><td>12</td></tr><tr><td>South</td><td>9</td></tr></table>"
        ).text
    )


def test_what_stands_before_the_text() -> None:
    """A line that names the authors and an excerpt of the first paragraph are no text; a standfirst of its own words is."""
    for line in ("By Ann Sample and Bo Sample", f"{PARAGRAPHS[0][:70]} […]", PARAGRAPHS[0][:70]):
        assert choose(paragraphs(line, *PARAGRAPHS)).text == "\n\n".join(PARAGRAPHS), line
    own = "What the bridge costs the town, and who pays for it in the end"
    assert choose(paragraphs(own, *PARAGRAPHS)).text.startswith(own)


def test_a_label_without_a_sign_before_its_link() -> None:
    """ "Read also" needs no colon where the rest of its line is a link."""
    line = '<p>À lire aussi <a href="/b">Le bac ne circule plus cet hiver</a></p>'
    text = choose(paragraphs(*PARAGRAPHS[:2]) + line + paragraphs(*PARAGRAPHS[2:])).text
    assert text == "\n\n".join(PARAGRAPHS)
