"""Whether a pattern of speech in a sentence really says that somebody said something.

A logistic model over the traits of an attribution: pattern, verb, subject, length. Its weights are data
(`attribution.json`), fitted by `bench/train/facts_attribution.py`; a language without weights of its own uses those of
the patterns alone. Nothing is found here, only weighed.
"""

from __future__ import annotations

from stemma.facts.joints import load_weights
from stemma.facts.reading import Reading
from stemma.facts.units import Attribution, Unit

_LENGTHS = (2, 4, 7, 12, 20, 35)


def weigh(reading: Reading, unit: Unit, found: Attribution) -> float:
    """Log odds that the attribution is one; above `threshold` it is kept."""
    weights = load_weights(reading.language, "keep")
    return weights.get("bias", 0.0) + sum(
        [weights.get(trait, 0.0) for trait in list_traits(reading, unit, found)]
    )


def list_traits(reading: Reading, unit: Unit, found: Attribution) -> list[str]:
    """What the model weighs: pattern, cue word, their pairs, length, marks, place in the sentence."""
    traits = found.traits
    frame, word = traits[0], traits[2] if len(traits) > 4 else traits[1]
    start, end = found.pieces[0][0], found.pieces[-1][1]
    text = reading.text
    length = text.count(" ", start, end) + 1
    bucket = next((n for n, limit in enumerate(_LENGTHS) if length <= limit), len(_LENGTHS))
    marked = [run for run in unit.runs if run[0] < end and start < run[1]]
    marks = "none" if not marked else "all" if marked[0][0] <= start and end <= marked[-1][1] else "some"
    opening = text[start : start + 24].split(" ", 1)[0].lower().strip("\"'“”‘’«»„")
    ending = text[end : end + 1]
    listed = [
        f"f={frame}",
        f"w={word}",
        f"fw={frame}|{word}",
        f"len={bucket}",
        f"flen={frame}|{bucket}",
        f"marks={marks}",
    ]
    listed.append(f"fmarks={frame}|{marks}")
    listed += [traits[-1], f"{frame}|{traits[-1]}", f"{marks}|{traits[-1]}"]
    if len(traits) == 4:
        listed.append(traits[2])
    if len(traits) > 4:
        listed += [
            f"k={traits[1]}",
            f"fk={frame}|{traits[1]}",
            f"v={traits[3]}",
            traits[4],
            f"f{frame}|{traits[4]}",
        ]
        listed.append(f"k={traits[1]}|{traits[4]}")
    listed.append(f"o={opening}" if len(opening) < 8 else "o=long")
    listed.append(f"fo={frame}|{opening}" if len(opening) < 5 else f"fo={frame}|long")
    listed.append(f"e={ending}" if ending in ".,;:\n" else "e=word")
    listed.append("far" if found.speaker and abs(found.speaker[0] - start) > 120 else "near")
    if found.speaker is None:
        listed.append("nobody")
    return listed
