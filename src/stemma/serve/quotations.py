"""Quotations by speaker and wording, for story and article pages.

Joins what belongs together on a page: the same words in several articles, a quotation and the wording that a copy made
of it, a short name and the one longer name that ends with it. Judges nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stemma.store.listings import SayingView
from stemma.store.spelling import SIGNS
from stemma.store.views import CopyView, PlaceView, QuoteView
from stemma.text.alone import stands_alone
from stemma.text.names import fold_name

_MARKED = re.compile(
    r"“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|»[^«»]+«|\"[^\"]+\"|‘[^‘]+’(?!\w)|(?<!\w)'(?:[^']|(?<=\w)'(?=\w))+'(?!\w)"
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_SHORTEST_SIGNS = 8
"""Signs of a script without spaces in a statement that can stand alone."""


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
    """Who is quoted, under the fullest name; `also` are the other forms of the name.

    `said` stands in quotation marks; `reported` is given in the outlets' own words.
    """

    name: str | None
    also: tuple[str, ...]
    said: tuple[Said, ...]
    reported: tuple[Said, ...]


def group_sayings(sayings: Sequence[SayingView]) -> tuple[tuple[SayingView, tuple[SayingView, ...]], ...]:
    """Each quotation of a person once, with the further articles that have the same words; in the order given."""
    groups: dict[str, list[SayingView]] = {}
    for saying in sayings:
        words = _NOT_LETTERS.sub(" ", find_words(saying.quote).casefold()).strip()
        groups.setdefault(words or saying.quote.place.words, []).append(saying)
    return tuple((held[0], tuple(held[1:])) for held in groups.values())


def build_speakers(
    quotes: Sequence[QuoteView],
    copies: Sequence[CopyView],
    languages: Mapping[int, str | None],
    merged: Mapping[str, str] | None = None,
) -> list[Speaker]:
    """Quotations by speaker, most quoted first; without a speaker last. Reworded copies are wordings of one.

    `merged` are the speakers' names as `merge_names` joins them, where a caller has them.
    """
    if merged is None:
        merged = merge_names([q.speaker for q in quotes if q.speaker])
    quotes = [q for q in quotes if _is_told(q, languages.get(q.place.article))]
    by_speaker: dict[str | None, list[QuoteView]] = {}
    for quote in quotes:
        by_speaker.setdefault(merged.get(quote.speaker) if quote.speaker else None, []).append(quote)
    changed = [
        (change.parent, change.child)
        for copied in copies
        for change in copied.changes
        if change.kind == "quote" and change.child and change.parent
    ]
    speakers = [
        Speaker(
            name=name,
            also=tuple(sorted({q.speaker for q in theirs if q.speaker and q.speaker != name})),
            said=tuple(_group_wordings([q for q in theirs if q.kind != "indirect"], changed, languages)),
            reported=tuple(_group_wordings([q for q in theirs if q.kind == "indirect"], changed, languages)),
        )
        for name, theirs in by_speaker.items()
    ]
    return sorted(speakers, key=lambda s: (s.name is None, -len(s.said), -len(s.reported), s.name or ""))


def _is_told(quote: QuoteView, language: str | None) -> bool:
    """Whether a page shows it: a statement in an outlet's own words only where these can be read alone."""
    words = quote.place.words
    if quote.kind != "indirect":
        return True
    return len(words) >= _SHORTEST_SIGNS if SIGNS.search(words) else stands_alone(words, language)


def _group_wordings(
    quotes: Sequence[QuoteView],
    changed: Sequence[tuple[PlaceView, PlaceView]],
    languages: Mapping[int, str | None],
) -> Iterable[Said]:
    """One `Said` for all wordings that a copy's change ties together."""
    if not quotes:
        return
    by_text: dict[str, list[QuoteView]] = {}
    by_article: dict[int, list[tuple[int, int, str]]] = {}
    for quote in quotes:
        at, text = quote.place, _NOT_LETTERS.sub(" ", find_words(quote).casefold()).strip()
        by_text.setdefault(text, []).append(quote)
        by_article.setdefault(at.article, []).append((at.start, at.end, text))
    head = {text: text for text in by_text}

    def find_head(text: str) -> str:
        while head[text] != text:
            text = head[text]
        return text

    for before, after in changed if len(by_text) > 1 else ():
        a, b = _find_wording(before, by_article), _find_wording(after, by_article)
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
                    text=find_words(first),
                    language=languages.get(first.place.article),
                    kind=first.kind,
                    places=tuple(q.place for q in theirs),
                )
            )
        yield Said(wordings=tuple(wordings))


def find_words(quote: QuoteView) -> str:
    """What was said: without the outlet's words where these interrupt it or lead to it."""
    if quote.kind == "direct" and len(quote.pieces) > 1:
        return " […] ".join(piece.words for piece in quote.pieces)
    if quote.kind == "mixed":
        return " […] ".join(_MARKED.findall(quote.place.words)) or quote.place.words
    return quote.place.words


def _find_wording(place: PlaceView, by_article: Mapping[int, list[tuple[int, int, str]]]) -> str | None:
    """The wording of the quotation that the place touches."""
    for start, end, text in by_article.get(place.article, ()):
        if start < place.end and end > place.start:
            return text
    return None


def merge_names(names: Sequence[str]) -> dict[str, str]:
    """Each form to the one shown: "Peskov" and "Dmitriy Peskov" to "Dmitry Peskov", the most frequent.

    Spellings that `fold_name` makes one are one. Forms are joined where exactly one longer name ends so; of those with a first name, the most frequent is shown.
    """
    counted = Counter(names)
    folded = {name: _fold(name) for name in counted}
    by_last: dict[str, list[str]] = {}
    for key in sorted(set(folded.values())):
        by_last.setdefault(key.rpartition(" ")[2], []).append(key)
    longest = {}
    for key in folded.values():
        longer = [k for k in by_last[key.rpartition(" ")[2]] if k.endswith(f" {key}")]
        whole = [k for k in longer if not any(other.endswith(f" {k}") for other in longer)]
        longest[key] = whole[0] if len(whole) == 1 else key
    forms: dict[str, list[str]] = {}
    for name, key in folded.items():
        forms.setdefault(longest[key], []).append(name)
    shown = {
        whole_key: max(theirs, key=lambda n: (" " in n.strip(), counted[n], -len(n), n))
        for whole_key, theirs in forms.items()
    }
    return {name: shown[longest[key]] for name, key in folded.items()}


def _fold(name: str) -> str:
    """A name in the spelling under which its spellings meet, word by word."""
    return " ".join(filter(None, map(fold_name, name.split()))) or name.casefold()
