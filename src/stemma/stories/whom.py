"""Of whom and of what place a story tells, by how many independent newsrooms say so, each with where it stands.

Takes the articles of one story and its voices (each independent newsroom as its articles), gives names and a place. What is not
borne out is left out: a story may have no names and no place. Reads words and capitals, knows nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from stemma.text.ideas import find_idea, load_ideas
from stemma.text.lang import language_words, load_language
from stemma.text.names import sound_name
from stemma.text.sentences import find_sentences
from stemma.types import Article, ArticleId, Attested, Span

MOST_NAMES = 6
_EVIDENCE = 12
"""Newsrooms of which the place of a name is kept."""
_READ = 4000
"""Characters read of each article: whom a story is about is said early."""
_LEAD = 600
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PLACED = {
    "en": "in near off outside at", "de": "in bei nahe vor", "fr": "à en au près", "es": "en cerca", "it": "a in presso",
}  # fmt: skip
"""Words that stand before the place where something happened."""
_NOUNS_RAISED = frozenset({"de", "lb"})
"""Languages that write every noun with a capital: there one word alone is no name."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name stands: whose report, how far in, and whether its language tells names from nouns."""

    voice: int
    start: int
    span: Span
    words: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of words with capitals: where it is, its words, whether it begins a sentence, the word before it."""

    start: int
    end: int
    words: tuple[str, ...]
    begins: bool
    before: str


Runs = Mapping[ArticleId, Sequence[_Run]]


def tell_whom(
    articles: Sequence[Article], voices: Sequence[Sequence[ArticleId]]
) -> tuple[tuple[Attested, ...], Attested | None]:
    """The people, companies and things that the story is about, those that most newsrooms name first, at most six; and where
    it happened, None where that is not borne out.

    With several newsrooms at least two must name it; with one it must stand twice in its text or once in its title as well.
    Places are not among the names.
    """
    heard = {ident for members in voices for ident in members}
    held = {article.id: article for article in articles if article.id in heard}
    runs = {ident: _find_runs(article) for ident, article in held.items()}
    return _tell_names(held, runs, voices), _tell_place(held, runs, voices)


def _tell_names(
    held: Mapping[ArticleId, Article], runs: Runs, voices: Sequence[Sequence[ArticleId]]
) -> tuple[Attested, ...]:
    found: defaultdict[tuple[str, ...], list[_Place]] = defaultdict(list)
    for voice, members in enumerate(voices):
        for article in (held[i] for i in members if i in held):
            sure = (article.language or "en") not in _NOUNS_RAISED
            for run in _find_names(article, runs[article.id]):
                span = Span(article=article.id, start=run.start, end=run.end)
                place = _Place(voice, run.start, span, " ".join(run.words), sure)
                found[tuple(map(sound_name, run.words))].append(place)
    # A surname alone is of the longer name that most say and that ends with it; an island is no part of its name.
    outer: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in found:
        if len(key) > 1:
            for part in {key[0], key[-1]}:
                outer[part].append(key)
    for sound in [key for key in found if len(key) == 1]:
        longer = [key for key in outer[sound[0]] if key in found]
        if not longer:
            continue
        most = max(longer, key=lambda key: (len({p.voice for p in found[key]}), key))
        kept, gone = (most, sound) if any(p.sure for p in found[most]) else (sound, most)
        found[kept] += found.pop(gone)
    told = []
    for parts, places in found.items():
        newsrooms = len({p.voice for p in places})
        if newsrooms >= 2 or (len(voices) == 1 and len(places) >= 2):
            early = min(p.start for p in places) - 40 * len(places)
            whole = [p.words for p in places if len(p.words.split()) == len(parts)]
            plain = [p.words for p in places if len(p.words.split()) == len(parts) and p.sure] or whole
            told.append((-newsrooms, early, max(plain, key=lambda w: (plain.count(w), w)), places))
    return tuple(
        Attested(name=name, newsrooms=-count, places=_first_spans(places))
        for count, _, name, places in sorted(told, key=lambda t: t[:3])[:MOST_NAMES]
    )


def _tell_place(
    held: Mapping[ArticleId, Article], runs: Runs, voices: Sequence[Sequence[ArticleId]]
) -> Attested | None:
    """The place that more than half of the newsrooms name early, at least two where there are two.

    A town stands in a dateline or behind a word of place; where newsrooms agree on none, the country that they name. Where two
    places are borne out equally well it is not known.
    """
    towns: defaultdict[str, dict[int, tuple[Span, str]]] = defaultdict(dict)
    countries: defaultdict[str, dict[int, tuple[Span, str]]] = defaultdict(dict)
    mentioned: defaultdict[str, set[int]] = defaultdict(set)
    for voice, members in enumerate(voices):
        for article in (held[i] for i in members if i in held):
            for country in _mention_countries(article):
                mentioned[country].add(voice)
            for start, end in _find_places(article, runs[article.id]):
                word = article.text[start:end]
                key = _place_key(word, article.language)
                found = countries if key in _find_countries() else towns
                found[key].setdefault(voice, (Span(article=article.id, start=start, end=end), word))
    for found in (towns, countries):
        ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        if not ranked:
            continue
        borne = len(ranked[0][1])
        contested = len(ranked) > 1 and len(ranked[1][1]) == borne
        if found is countries:  # where a second country is spoken of as much, the event may be of either
            contested |= any(
                len(who) >= borne for country, who in mentioned.items() if country != ranked[0][0]
            )
        if contested or 2 * borne <= len(voices) or borne < min(2, len(voices)):
            continue
        words = [word for _, word in ranked[0][1].values()]
        spans = tuple(span for _, (span, _) in sorted(ranked[0][1].items()))
        name = max(words, key=lambda word: (words.count(word), -words.index(word)))
        return Attested(name=name, newsrooms=borne, places=spans[:_EVIDENCE])
    return None


def _first_spans(places: Sequence[_Place]) -> tuple[Span, ...]:
    """The first place with each newsroom, of a few newsrooms."""
    firsts: dict[int, Span] = {}
    for place in sorted(places, key=lambda p: (p.voice, p.span)):
        firsts.setdefault(place.voice, place.span)
    return tuple(firsts[voice] for voice in sorted(firsts)[:_EVIDENCE])


def _find_runs(article: Article) -> list[_Run]:
    """Runs of capitalised words inside sentences."""
    text = article.text[:_READ]
    found: list[_Run] = []
    for first, last in find_sentences(text, article.language):
        run: list[re.Match[str]] = []
        before = previous = ""
        for match in _WORD.finditer(text, first, last):
            word = match[0]
            raised = word[0].isupper()
            if raised and run and not text[run[-1].end() : match.start()].strip():
                run.append(match)
            else:
                if run:
                    found.append(_make_run(run, first, before))
                run = [match] if raised else []
                before = previous
            previous = word
        if run:
            found.append(_make_run(run, first, before))
    return found


def _make_run(run: Sequence[re.Match[str]], first: int, before: str) -> _Run:
    start = run[0].start()
    return _Run(start, run[-1].end(), tuple([m[0] for m in run]), start == first, before.lower())


def _find_names(article: Article, runs: Sequence[_Run]) -> Iterator[_Run]:
    """Runs that name somebody or something: offices before them cut, days, places and lone words at a beginning left out."""
    language = article.language or "en"
    idle = _idle_words(language) | {w.lower() for w in (article.outlet or "").split()}
    inside = {run.words for run in runs if not run.begins}
    for run in runs:
        start, words = run.start, list(run.words)
        while len(words) > 1 and words[-1].lower() in idle:
            words.pop()
        while words and (
            words[0].lower() in idle
            or (len(words) > 1 and find_idea(words[0].lower(), language))
            or (
                start == run.start
                and run.begins
                and tuple(words[1:]) in inside
                and tuple(words) not in inside
            )
        ):
            after = _WORD.search(article.text, start + len(words.pop(0)))
            start = after.start() if after else run.end
        if not words or all(find_idea(w.lower(), language) or w.lower() in idle for w in words):
            continue
        alone_at_beginning = run.begins and start == run.start and tuple(words) not in inside
        placed = run.before in _PLACED.get(language, "").split()
        if len(words) == 1 and (
            language in _NOUNS_RAISED or len(words[0]) < 3 or placed or alone_at_beginning
        ):
            continue
        end = start + article.text[start : run.end].rfind(words[-1]) + len(words[-1])
        if words[-1].endswith(("'s", "’s")):
            words[-1], end = words[-1][:-2], end - 2
        yield _Run(start, end, tuple(words), run.begins, run.before)


def _find_places(article: Article, runs: Sequence[_Run]) -> Iterator[tuple[int, int]]:
    """Places early in the text: that of the dateline where the text names it too, and names behind a word of place."""
    language = article.language or "en"
    if article.dateline:
        town = article.dateline.split(",")[0].strip()
        at = article.text[:_READ].casefold().find(town.casefold()) if len(town) > 2 else -1
        if at >= 0:
            yield at, at + len(town)
    placed = _PLACED.get(language, "").split()
    for run in takewhile(lambda run: run.start < _LEAD, runs):
        if run.before in placed and run.words[0].lower() not in _idle_words(language):
            yield run.start, run.end


def _country_of(word: str, language: str) -> str | None:
    names = load_ideas()
    return next((names[i - 1] for i in find_idea(word, language) if names[i - 1].startswith("@")), None)


def _place_key(word: str, language: str | None) -> str:
    """One key for a place in every language that the table of ideas knows, else by its sound."""
    first = word.split()[0].lower()
    return _country_of(first, language or "en") or " ".join(map(sound_name, word.split()))


def _mention_countries(article: Article) -> set[str]:
    language = article.language or "en"
    words = _WORD.findall(f"{article.title or ''} {article.text[:_LEAD]}")
    return {
        country
        for word in words
        if (country := _country_of(word.lower(), language)) and country in _find_countries()
    }


@lru_cache(maxsize=1)
def _find_countries() -> frozenset[str]:
    """Places of the table of ideas before its first town."""
    names = load_ideas()
    return frozenset(names[: names.index("@moscow")])


@lru_cache(maxsize=32)
def _idle_words(language: str) -> frozenset[str]:
    """Days and months, stop words, offices."""
    dates = load_language(language).get("dates", {})
    days = [word for row in (*dates.get("weekdays", ()), *dates.get("months", ())) for word in row]
    words = (language_words(language, table, key) for table, key in (("words", "stop"), ("speech", "titles")))
    return frozenset(days).union(*words) | {"i'm", "i’m", "it's", "it’s", "i've", "i’ve"}
