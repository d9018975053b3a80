"""Whether a pattern of speech in a sentence really says that somebody said something.

A logistic model over the traits of an attribution: pattern, verb, subject, length. Its weights are data
(`attribution.json`), fitted by `bench/train/facts_attribution.py`; a language without weights of its own uses those of
the patterns alone. Nothing is found here, only weighed.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from stemma.facts.joints import Trait, load_weights, weigh_traits
from stemma.facts.reading import Reading
from stemma.facts.speech import SpeechWords
from stemma.facts.units import Attribution, Place, Unit

_LENGTHS = (2, 4, 7, 12, 20, 35)


Shape = tuple[str | int | bool, ...]
"""Length, marks, opening, ending of what is attributed, whether its speaker is far or nobody: what a text adds to a pattern."""


def weigh(reading: Reading, unit: Unit, found: Attribution) -> float:
    """Log odds that the attribution is one; above `threshold` it is kept."""
    return _weigh_shape(reading.language, found.traits, _find_shape(reading, unit, found))


def list_traits(reading: Reading, unit: Unit, found: Attribution) -> list[Trait]:
    """What the model weighs: pattern, cue word, their pairs, length, marks, place in the sentence."""
    return _list_traits(found.traits, _find_shape(reading, unit, found))


def _find_shape(reading: Reading, unit: Unit, found: Attribution) -> Shape:
    start, end = found.pieces[0][0], found.pieces[-1][1]
    text = reading.text
    length = text.count(" ", start, end) + 1
    bucket = bisect_left(_LENGTHS, length)
    marked = [run for run in unit.runs if run[0] < end and start < run[1]] if unit.runs else ()
    marks = "none" if not marked else "all" if marked[0][0] <= start and end <= marked[-1][1] else "some"
    opening = text[start : start + 24].split(" ", 1)[0].lower().strip("\"'“”‘’«»„")
    opening = opening if len(opening) < 8 else "long"
    ending = text[end : end + 1]
    ending = ending if ending in ".,;:\n" else "word"
    far = found.speaker is not None and abs(found.speaker[0] - start) > 120
    return bucket, marks, opening, ending, far, found.speaker is None


@lru_cache(maxsize=8192)
def _weigh_shape(language: str, traits: tuple[str, ...], shape: Shape) -> float:
    """Kept for what comes again: most patterns of a language are few, and their contents alike at the edges."""
    return weigh_traits(load_weights(language, "keep"), _list_traits(traits, shape))


def _list_traits(traits: tuple[str, ...], shape: Shape) -> list[Trait]:
    bucket, marks, opening, ending, far, nobody = shape
    frame, word = traits[0], traits[2] if len(traits) > 4 else traits[1]
    listed: list[Trait] = [
        ("f", frame), ("w", word), ("fw", frame, word), ("len", bucket), ("flen", frame, bucket), ("marks", marks),
        ("fmarks", frame, marks), ("in", traits[-1]), ("fin", frame, traits[-1]), ("min", marks, traits[-1]),
        ("o", opening), ("fo", frame, opening if len(str(opening)) < 5 else "long"), ("e", ending), ("far" if far else "near",),
    ]  # fmt: skip
    if len(traits) == 4:
        listed.append(("t2", traits[2]))
    if len(traits) > 4:
        kind, mood, subject = traits[1], traits[3], traits[4]
        listed += [
            ("k", kind),
            ("fk", frame, kind),
            ("v", mood),
            (subject,),
            ("fs", frame, subject),
            ("ks", kind, subject),
        ]
    if nobody:
        listed.append(("nobody",))
    return listed


_RUN_LENGTHS = (1, 2, 3, 4, 5, 8, 13, 25)


def weigh_run(reading: Reading, unit: Unit, run: Place, words: SpeechWords, place: str) -> float | None:
    """Log odds that marked words without a cue are somebody's; None where the language has no weights."""
    weights = load_weights(reading.language, "runs")
    if not weights:
        return None
    return weigh_traits(weights, list_run_traits(reading, unit, run, words, place))


def list_run_traits(reading: Reading, unit: Unit, run: Place, words: SpeechWords, place: str) -> list[Trait]:
    """What the model weighs: length, capitals, the marks of a sentence, the words on both sides.

    `place`: "alone", "after" something said in the same breath, or "inside" an indirect statement.
    """
    inner = reading.text[run[0] + 1 : run[1] - 1].strip("'\"“”‘’«»„ ")
    said = inner.split()
    length = next((n for n, limit in enumerate(_RUN_LENGTHS) if len(said) <= limit), len(_RUN_LENGTHS))
    opening = inner[:1]
    begins = "A" if opening.isupper() else "a" if opening.islower() else "#"
    tail = inner[-1:]
    ends = tail if tail in ".,!?…" else "word"
    large = [w for w in said if len(w) > 3 and w[0].isalpha() and w.lower() not in words.stop]
    title = "title" if large and all(w[0].isupper() for w in large) else "plain"
    first = bisect_left(reading.starts, run[0])
    last = bisect_left(reading.starts, run[1])
    before = _kind(reading, first - 1, words) if first > unit.first else "start"
    before2 = _kind(reading, first - 2, words) if first - 1 > unit.first else "start"
    after = _kind(reading, last, words) if last < unit.last else "end"
    near = reading.lower[max(unit.first, first - 5) : first]
    named = "named" if any(w in words.naming or w in words.named for w in near) else "-"
    opened = "intro" if any(w in words.introducing for w in near) else "-"
    rest = [*reading.lower[unit.first : first], *reading.lower[last : unit.last]]
    cue = "cue" if not words.cues.isdisjoint(rest) else "-"
    judged = "react" if not words.react.isdisjoint(rest) else "-"
    indirect = "subj" if not words.subjunctive.isdisjoint(rest) else "-"
    inside = reading.lower[first:last]
    own = "own" if not words.first_person.isdisjoint(inside) else "-"
    verb = "verb" if not words.verbs.isdisjoint(inside) else "-"
    return [
        ("p", place), ("n", length), ("b", begins), ("e", ends), ("t", title), ("be", begins, ends),
        ("nb", length, begins), ("ne", length, ends), ("nt", length, title), ("np", length, place),
        ("l", before), ("l2", before2, before), ("r", after), ("lb", before, begins), ("rb", after, begins),
        ("lt", before, title), ("lr", before, after), ("named", named, title), ("intro", opened), ("cue", cue),
        ("pc", place, cue), ("subj", indirect), ("ps", place, indirect), ("own", own), ("verb", verb),
        ("nv", length, verb), ("nown", length, own), ("bt", begins, title, ends), ("lj", before, judged), ("rj", after, judged),
    ]  # fmt: skip


def _kind(reading: Reading, at: int, words: SpeechWords) -> str:
    """A token beside marked words: itself where it is small or a mark, else what it looks like."""
    if at < 0 or at >= len(reading.words):
        return "none"
    word = reading.lower[at]
    if not word[0].isalnum() or word in words.stop or word in words.prepositions or word in words.determiners:
        return word
    if word in words.say:
        return "say"
    if word in words.naming or word in words.named:
        return "named"
    if word in words.cues:
        return "cue"
    return "Name" if reading.words[at][0].isupper() else "#" if word[0].isdigit() else "word"
