"""What a story page shows, in its order: made from one `StoryView`, for the template to write down.

Groups quotations by speaker and wording, sets compared figures side by side, says of each article what its text derives
from. Decides nothing about the news: names of speakers are joined only where one is the end of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stemma.serve.differ import Part, find_differences
from stemma.serve.links import find_language, find_link
from stemma.serve.marking import cut_short
from stemma.serve.tree import Tree, build_tree
from stemma.serve.words import COPY_KINDS, RELATIONS, describe_change, describe_value
from stemma.store.views import (
    ArticleRow,
    ArticleView,
    ChangeView,
    ComparisonView,
    CopyView,
    FigureView,
    PlaceView,
    QuoteView,
    StoryView,
)

UNNAMED = "outlet not named"
_WEIGHT = {
    kind: i for i, kind in enumerate(("quote", "figure", "name", "hedge", "title", "added", "dropped"))
}
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """An article of the story; `origin` says what its text derives from, `sources` where to."""

    row: ArticleRow
    name: str
    language: str | None
    origin: str
    source: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One change with the words of both sides; a side without words is empty."""

    what: str
    kind: str
    before: tuple[Part, ...]
    after: tuple[Part, ...]
    before_place: PlaceView | None
    after_place: PlaceView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySheet:
    """One lineage edge; `changes` that alter what is said, apart from sentences `moved` in or out."""

    copied: CopyView
    kind: str
    parent: str
    child: str
    changes: tuple[Changed, ...]
    moved: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One wording of a quotation and the places that have it."""

    text: str
    language: str | None
    kind: str
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One quotation in all its wordings, the most frequent first."""

    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who is quoted, under the fullest name; `also` are the other forms of the name."""

    name: str | None
    also: tuple[str, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One article's value in a comparison, in words, with the point that it has on the picture."""

    name: str
    value: str
    said_by: str | None
    as_of: str | None
    place: PlaceView
    language: str | None
    bar: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A comparison as a table; `scale` are the ends of the picture, None where there is none."""

    about: str
    relation: str
    label: str
    meaning: str
    rows: tuple[ComparedRow, ...]
    scale: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """Everything that the template needs beside the view itself."""

    view: StoryView
    names: Mapping[int, str]
    languages: Mapping[int, str | None]
    coverage: tuple[CoverageRow, ...]
    sheets: tuple[Sheet, ...]
    copies: tuple[CopySheet, ...]
    speakers: tuple[Speaker, ...]
    tree: Tree | None

    @property
    def disputed(self) -> tuple[Sheet, ...]:
        """Comparisons in which the reports do not simply agree."""
        return tuple(s for s in self.sheets if s.relation != "agree")

    @property
    def title_language(self) -> str | None:
        """The language of the article that the title was taken from."""
        return self.languages.get(self.view.title_from) if self.view.title_from is not None else None


def build_story_page(view: StoryView) -> StoryPage:
    """The page of one story."""
    names = {row.article: name_article(row) for row in view.articles}
    languages = {row.article: find_language(row.language) for row in view.articles}
    return StoryPage(
        view=view,
        names=names,
        languages=languages,
        coverage=tuple(build_coverage(view.articles, view.copies, names)),
        sheets=tuple(build_sheets(view, names, languages)),
        copies=tuple(
            build_copy_sheet(c, names, {row.article: row.title for row in view.articles})
            for c in sorted(view.copies, key=lambda c: (c.child, c.parent or 0))
        ),
        speakers=tuple(build_speakers(view.quotes, view.copies, languages)),
        tree=build_tree(view.articles, view.copies, names),
    )


def name_article(row: ArticleRow | ArticleView) -> str:
    """What to call where an article stood: its outlet, else the host of its address, else that it is not named."""
    if row.outlet and row.outlet.strip():
        return cut_short(row.outlet, words=8, characters=60)
    link = find_link(row.url)
    return link.host if link else UNNAMED


def build_coverage(
    rows: Sequence[ArticleRow], copies: Sequence[CopyView], names: Mapping[int, str]
) -> Iterable[CoverageRow]:
    """Articles by time of publication, those without one by when they were first seen."""
    above: dict[int, CopyView] = {}
    for copied in sorted(copies, key=lambda c: c.confidence):
        above[copied.child] = copied
    for row in _sort_by_time(rows, copies):
        derived = above.get(row.article)
        yield CoverageRow(
            row=row,
            name=names[row.article],
            language=find_language(row.language),
            origin=_describe_origin(row, derived),
            source=derived.parent if derived and derived.parent in names else None,
        )


def build_copy_sheet(
    copied: CopyView, names: Mapping[int, str], titles: Mapping[int, str | None]
) -> CopySheet:
    """One edge with its changes: those of meaning first, in the order of the copy's text."""
    changes = sorted(
        copied.changes,
        key=lambda c: (
            _WEIGHT.get(c.kind, 9),
            c.child.start if c.child else c.parent.start if c.parent else 0,
        ),
    )
    sheets = [_build_change(c, copied, titles) for c in changes]
    return CopySheet(
        copied=copied,
        kind=COPY_KINDS.get(copied.kind, copied.kind),
        parent=names.get(copied.parent or 0) or copied.origin or "a text that was not read here",
        child=names.get(copied.child, UNNAMED),
        changes=tuple(s for s in sheets if s.kind not in ("added", "dropped")),
        moved=tuple(s for s in sheets if s.kind in ("added", "dropped")),
    )


def build_sheets(
    view: StoryView, names: Mapping[int, str], languages: Mapping[int, str | None]
) -> Iterable[Sheet]:
    """Comparisons, contradictions first; values in the order of the reports."""
    mentions = {(f.place.article, f.place.start, f.place.end): f for f in view.figures}
    order = {relation: i for i, relation in enumerate(RELATIONS)}
    when = {row.article: i for i, row in enumerate(_sort_by_time(view.articles, view.copies))}
    for comparison in sorted(view.comparisons, key=lambda c: order.get(c.relation, 9)):
        scale = _find_scale(comparison)
        label, meaning = RELATIONS.get(comparison.relation, (comparison.relation.capitalize(), ""))
        rows = []
        for value in sorted(comparison.values, key=lambda v: when.get(v.place.article, 0)):
            place = value.place
            figure = mentions.get((place.article, place.start, place.end))
            rows.append(
                ComparedRow(
                    name=names.get(place.article, UNNAMED),
                    value=_describe_mention(value.low, value.high, figure),
                    said_by=figure.said_by if figure else None,
                    as_of=figure.as_of if figure else None,
                    place=place,
                    language=languages.get(place.article),
                    bar=_find_bar(value.low, value.high, scale),
                )
            )
        yield Sheet(
            about=comparison.about,
            relation=comparison.relation,
            label=label,
            meaning=meaning,
            rows=tuple(rows),
            scale=scale,
        )


def build_speakers(
    quotes: Sequence[QuoteView], copies: Sequence[CopyView], languages: Mapping[int, str | None]
) -> list[Speaker]:
    """Quotations by speaker, most quoted first; without a speaker last. Reworded copies are wordings of one."""
    merged = _merge_names({q.speaker for q in quotes if q.speaker})
    by_speaker: dict[str | None, list[QuoteView]] = {}
    for quote in quotes:
        by_speaker.setdefault(merged.get(quote.speaker) if quote.speaker else None, []).append(quote)
    speakers = [
        Speaker(
            name=name,
            also=tuple(sorted({q.speaker for q in theirs if q.speaker and q.speaker != name})),
            said=tuple(_group_wordings(theirs, copies, languages)),
        )
        for name, theirs in by_speaker.items()
    ]
    return sorted(speakers, key=lambda s: (s.name is None, -len(s.said), s.name or ""))


def _group_wordings(
    quotes: Sequence[QuoteView], copies: Sequence[CopyView], languages: Mapping[int, str | None]
) -> Iterable[Said]:
    """One `Said` for all wordings that a copy's change ties together."""
    by_text: dict[str, list[QuoteView]] = {}
    for quote in quotes:
        by_text.setdefault(_NOT_LETTERS.sub(" ", quote.place.words.casefold()).strip(), []).append(quote)
    head = {text: text for text in by_text}

    def find_head(text: str) -> str:
        while head[text] != text:
            text = head[text]
        return text

    for copied in copies:
        for change in copied.changes:
            if change.kind == "quote" and change.child and change.parent:
                a, b = _find_wording(change.parent, by_text), _find_wording(change.child, by_text)
                if a is not None and b is not None:
                    head[find_head(b)] = find_head(a)
    groups: dict[str, list[str]] = {}
    for text in by_text:
        groups.setdefault(find_head(text), []).append(text)
    for texts in sorted(groups.values(), key=lambda ts: (-sum(len(by_text[t]) for t in ts), ts)):
        wordings = []
        for text in sorted(texts, key=lambda t: (-len(by_text[t]), t)):
            theirs = sorted(by_text[text], key=lambda q: (q.place.article, q.place.start))
            first = theirs[0]
            wordings.append(
                Wording(
                    text=first.place.words,
                    language=languages.get(first.place.article),
                    kind=first.kind,
                    places=tuple(q.place for q in theirs),
                )
            )
        yield Said(wordings=tuple(wordings))


def _find_wording(place: PlaceView, by_text: Mapping[str, list[QuoteView]]) -> str | None:
    for text, quotes in by_text.items():
        for quote in quotes:
            at = quote.place
            if at.article == place.article and at.start < place.end and at.end > place.start:
                return text
    return None


def _merge_names(names: set[str]) -> dict[str, str]:
    """Each form to the fullest: "Peskov" to "Dmitry Peskov" where exactly one longer name ends so."""
    merged = {}
    for name in sorted(names):
        longer = [n for n in names if n != name and n.casefold().endswith(f" {name.casefold()}")]
        longest = [
            n for n in longer if not any(m != n and m.casefold().endswith(f" {n.casefold()}") for m in longer)
        ]
        merged[name] = longest[0] if len(longest) == 1 else name
    return merged


def _build_change(change: ChangeView, copied: CopyView, titles: Mapping[int, str | None]) -> Changed:
    before = change.parent.words if change.parent else ""
    after = change.child.words if change.child else ""
    if change.kind == "title":
        before, after = titles.get(copied.parent or 0) or "", titles.get(copied.child) or ""
    left, right = find_differences(cut_short(before), cut_short(after))
    return Changed(
        what=describe_change(change.kind, change.detail),
        kind=change.kind,
        before=left,
        after=right,
        before_place=change.parent,
        after_place=change.child,
    )


def _describe_origin(row: ArticleRow, copied: CopyView | None) -> str:
    """What is known of where the words come from; a source that was read is named by the link beside it."""
    if copied is None:
        return f"from {row.agency}, as the page says" if row.agency else "no earlier text found"
    kind = COPY_KINDS.get(copied.kind, copied.kind)
    if copied.direction != "decided":
        return f"{kind}: one text, which came first is not known"
    return (
        f"{kind}, from"
        if copied.parent is not None
        else f"{kind}, from {copied.origin or 'elsewhere'} (not read here)"
    )


def _describe_mention(low: float | None, high: float | None, figure: FigureView | None) -> str:
    if figure is None:
        return describe_value(low, high)
    return describe_value(low, high, unit=figure.unit, qualifier=figure.qualifier)


def _find_scale(comparison: ComparisonView) -> tuple[float, float] | None:
    """The ends of the picture: from nought where that does not squeeze the differences; None without difference."""
    numbers = [n for v in comparison.values for n in (v.low, v.high) if n is not None]
    if len(set(numbers)) < 2:
        return None
    low, high = min(numbers), max(numbers)
    return (0.0, high) if 0 <= low < 0.8 * high else (low - (high - low) * 0.25, high + (high - low) * 0.05)


def _find_bar(
    low: float | None, high: float | None, scale: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Start and end of a value on the picture in parts of 100; an open end reaches the edge."""
    if scale is None or (low is None and high is None):
        return None
    size = scale[1] - scale[0]
    start = scale[0] if low is None else low
    end = scale[1] if high is None else high
    return round((start - scale[0]) / size * 100, 2), round((end - scale[0]) / size * 100, 2)


def _sort_by_time(rows: Sequence[ArticleRow], copies: Sequence[CopyView]) -> list[ArticleRow]:
    """By day; of one day first the texts that others were made from, since most pages state no clock."""
    read = {row.article for row in rows}
    derived = {c.child for c in copies if c.parent in read and c.direction == "decided"}
    return sorted(rows, key=lambda r: (_find_days(r), r.article in derived, _find_clock(r), r.article))


def _find_days(row: ArticleRow) -> tuple[date, date]:
    day = row.published.earliest or row.published.latest or row.first_seen.date()
    return day, row.published.latest or day


def _find_clock(row: ArticleRow) -> str:
    return row.published.stated or row.first_seen.isoformat()
