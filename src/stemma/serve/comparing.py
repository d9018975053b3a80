"""Compared figures and statements as tables: each outlet's value in words, its place, its point on a small picture.

Relations are the store's; here they are put in the order in which a reader needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stemma.serve.charting import Chart, Point, build_chart
from stemma.serve.messages import t
from stemma.serve.words import RELATIONS, describe_time, describe_value
from stemma.store.views import ComparisonView, FigureView, GlanceView, PlaceView, PublishedView, StoryView
from stemma.text.lang import language_words

SMALL = 13
"""Numbers that texts write in words: "two men", "a dozen": that two reports agree on one says little."""


_COUNTING = ("different scope", "different definition", "parts and sum")
"""Relations in which the reports do not count the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One article's value in a comparison, in words, with the point that it has on the picture."""

    name: str
    value: str
    of: str | None
    said_by: str | None
    as_of: str | None
    place: PlaceView
    language: str | None
    before: str
    after: str
    bar: tuple[float, float] | None
    low: float | None = None
    high: float | None = None
    day: date | None = None
    """The day of the report, where one is certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A comparison as a table; `scale` are the ends of the picture, None where there is none."""

    about: str
    relation: str
    label: str
    meaning: str
    rows: tuple[ComparedRow, ...]
    scale: tuple[float, float] | None
    minor: bool
    """Whether it is a bare small number: no unit, no thing counted beyond one word."""

    @property
    def values(self) -> tuple[str, ...]:
        """What is given, each value once, in the order of the reports; empty for statements."""
        return tuple(dict.fromkeys(row.value for row in self.rows if row.value))

    @property
    def chart(self) -> Chart | None:
        """The values against time, where they change over at least two certain days."""
        return build_chart(
            [Point(name=r.name, value=r.value, low=r.low, high=r.high, day=r.day) for r in self.rows]
        )


def build_sheets(
    view: StoryView | GlanceView,
    *,
    order: Sequence[int],
    names: Mapping[int, str],
    languages: Mapping[int, str | None],
) -> Iterable[Sheet]:
    """Comparisons, contradictions first; values in the `order` of the articles."""
    mentions = {_key(f.place): f for f in view.figures}
    rank = {relation: i for i, relation in enumerate(RELATIONS)}
    when = {article: i for i, article in enumerate(order)}
    published = {a.article: a.published for a in view.articles}
    for comparison in sorted(view.comparisons, key=lambda c: rank.get(c.relation, 9)):
        scale = _find_scale(comparison)
        label, meaning = RELATIONS.get(comparison.relation, (comparison.relation.capitalize(), ""))
        rows = []
        for value in sorted(comparison.values, key=lambda v: when.get(v.place.article, 0)):
            place = value.place
            figure = mentions.get(_key(place))
            rows.append(
                ComparedRow(
                    name=names.get(place.article, f"{t('Article')} {place.article}"),
                    value=_describe_mention(value.low, value.high, figure),
                    of=_find_other_words(figure, comparison),
                    said_by=lower_opening(figure.said_by, languages.get(place.article)) if figure else None,
                    as_of=describe_time(figure.as_of) if figure and figure.as_of else None,
                    place=place,
                    language=languages.get(place.article),
                    before=value.before,
                    after=value.after,
                    bar=_find_bar(value.low, value.high, scale),
                    low=value.low,
                    high=value.high,
                    day=_find_day(published.get(place.article)),
                )
            )
        yield Sheet(
            about=comparison.about,
            relation=comparison.relation,
            label=label,
            meaning=meaning,
            rows=tuple(rows),
            scale=scale,
            minor=_is_minor(comparison, [mentions.get(_key(v.place)) for v in comparison.values]),
        )


def lower_opening(name: str | None, language: str | None) -> str | None:
    """ "The government", taken from where a sentence begins, as it is written within one; "The Hague" stays."""
    first, _, rest = (name or "").partition(" ")
    if not rest or first.lower() not in language_words(language, "words", "stop"):
        return name
    return f"{first.lower()} {rest}" if language == "de" or rest[0].islower() else name


def _find_day(published: PublishedView | None) -> date | None:
    return published.earliest if published and published.earliest == published.latest else None


def _key(place: PlaceView) -> tuple[int, int, int]:
    return place.article, place.start, place.end


def _is_minor(comparison: ComparisonView, figures: Sequence[FigureView | None]) -> bool:
    """Every value a whole number below `SMALL` without a unit."""
    return all(
        value.low is not None and value.low == value.high and 0 <= value.low < SMALL
        for value in comparison.values
    ) and not any(figure is not None and figure.unit for figure in figures)


def _describe_mention(low: float | None, high: float | None, figure: FigureView | None) -> str:
    if figure is None:
        return describe_value(low, high)
    return describe_value(low, high, unit=figure.unit, qualifier=figure.qualifier)


def _find_other_words(figure: FigureView | None, comparison: ComparisonView) -> str | None:
    """What a report counts, where that is the point: else the heading says it and the sentence is beside it."""
    if figure is None or not figure.of or comparison.relation not in _COUNTING:
        return None
    said = figure.of.casefold().strip()
    return (
        None if said in (comparison.about.casefold().strip(), (figure.unit or "").casefold()) else figure.of
    )


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
