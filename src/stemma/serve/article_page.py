"""What an article page shows: made from one `ArticleView`, for the template to write down.

On a private portal the whole text with its quotations and figures; on any other an opening of at most 60 words and, where
the reader comes from a citation, the sentence around the cited words. A place that nothing here cites is not opened
there: addresses made up in sequence do not give the text away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stemma.serve.links import Link, find_language, find_link
from stemma.serve.marking import (
    SHOWN_CHARACTERS,
    Interval,
    Paragraph,
    Piece,
    cut_around,
    cut_paragraphs,
    cut_short,
)
from stemma.serve.messages import t
from stemma.serve.quotations import Speaker, build_speakers
from stemma.serve.revised import RevisionSheet, build_revision_sheets
from stemma.serve.story_page import CopySheet, build_copy_sheets, name_article
from stemma.serve.words import DATE_BASES, FIELDS, WITNESSES
from stemma.store.views import ArticleView, EmbeddedView, PlaceView, StoryView


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another story that the page carried; `text` cut short on a public portal."""

    view: EmbeddedView
    link: Link | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """Everything that the template needs beside the view itself; `paragraphs` only on a private portal."""

    view: ArticleView
    name: str
    language: str | None
    link: Link | None
    source: Link | None
    source_words: str | None
    paragraphs: tuple[Paragraph, ...]
    left_out: bool
    opening: str
    cited: tuple[Piece, ...]
    mark_unknown: bool
    others: tuple[Other, ...]
    names: Mapping[int, str]
    parents: tuple[CopySheet, ...]
    children: tuple[CopySheet, ...]
    revisions: tuple[RevisionSheet, ...]
    quoted: tuple[Speaker, ...]
    reported: tuple[Speaker, ...]
    found: tuple[tuple[str, str], ...]
    clues: tuple[tuple[str, str, object, object], ...]
    witnesses: tuple[tuple[str, int, str | None, object, object], ...]


def build_article_page(
    view: ArticleView, *, mark: Interval | None, story: StoryView | None, private: bool
) -> ArticlePage:
    """The page of one article. `story` is needed only where the portal is not private."""
    language = find_language(view.language)
    inside = mark if mark and mark[1] <= len(view.text) else None
    may_open = inside is not None and (private or inside in set(_find_cited(view, story)))
    shown = view.text[:SHOWN_CHARACTERS] if private else ""
    names = {row.article: name_article(row) for row in view.others} | {view.article: name_article(view)}
    titles = {row.article: row.title for row in view.others} | {view.article: view.title}
    speakers = build_speakers(view.quotes, (), {view.article: language})
    return ArticlePage(
        view=view,
        name=names[view.article],
        language=language,
        link=find_link(view.url),
        source=find_link(view.source_url),
        source_words=view.source_url,
        paragraphs=cut_paragraphs(
            shown,
            mark=inside,
            quotes=[
                (p.start, p.end)
                for q in view.quotes
                if q.kind != "indirect"
                for p in (q.pieces or (q.place,))
            ],
            figures=[(f.place.start, f.place.end) for f in view.figures],
        ),
        left_out=private and len(shown) < len(view.text),
        opening=cut_short(view.text),
        cited=cut_around(view.text, inside, language=language) if inside and may_open and not private else (),
        mark_unknown=mark is not None and not may_open,
        others=tuple(
            Other(view=e, link=find_link(e.url), text=e.text if private else cut_short(e.text))
            for e in view.embedded
        ),
        names=names,
        parents=tuple(build_copy_sheets(view.parents, names, titles)),
        children=tuple(build_copy_sheets(view.children, names, titles)),
        revisions=tuple(build_revision_sheets(view)),
        quoted=tuple(s for s in speakers if s.said),
        reported=tuple(s for s in speakers if not s.said),
        found=tuple((t(FIELDS.get(name, name)), where) for name, where in view.found),
        clues=tuple(
            (t(DATE_BASES.get(basis, basis)), words, a, b) for basis, words, a, b in view.published.clues
        ),
        witnesses=tuple(
            (t(WITNESSES.get(why, why)), article, words, a, b)
            for article, why, words, a, b in (view.told.witnesses if view.told else ())
        ),
    )


def _find_cited(view: ArticleView, story: StoryView | None) -> Iterator[Interval]:
    """All places of this article that a page here leads to."""
    for place in _find_places(view, story):
        if place is not None and place.article == view.article:
            yield place.start, place.end


def _find_places(view: ArticleView, story: StoryView | None) -> Iterator[PlaceView | None]:
    for quote in view.quotes:
        yield quote.place
    for figure in view.figures:
        yield figure.place
    for copied in (*view.parents, *view.children):
        for change in copied.changes:
            yield change.child
            yield change.parent
    for revision in view.revisions:
        if revision.number == view.revision:
            for changed in revision.changes:
                yield changed.after
    if story is None:
        return
    for sentence in (*story.brief, *(s for entry in story.timeline for s in entry.sentences)):
        yield from sentence.citations
    for quote in story.quotes:
        yield quote.place
    for comparison in story.comparisons:
        for value in comparison.values:
            yield value.place
    for copied in story.copies:
        for change in copied.changes:
            yield change.child
            yield change.parent
