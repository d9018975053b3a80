"""Which pieces are one statement: interrupted by the cue, over the next paragraph, sentence behind sentence.

Takes statements by their places, joins those of one saying; who speaks is not asked here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from stemma.facts.reading import Reading
from stemma.facts.speech import SpeechWords

_SHORT_GAP = 80
"""Characters of a cue that alone stands between what was said in other words and in marks (PolNeAR dev: 7 of 9)."""

_LONGEST_GAP = 300
"""Characters that a cue may take between two pieces of one quotation (PolNeAR dev)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation by places alone; `speaker` is resolved within the text."""

    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    kind: str
    speaker: str | None
    speaker_at: tuple[int, int] | None
    cue_at: tuple[int, int] | None
    told: bool = True
    """Whether it was said or written, not only meant, wanted or judged."""


def is_one_saying(reading: Reading, a: Statement, b: Statement, words: SpeechWords) -> bool:
    """Whether two direct quotations of one paragraph and one speaker are one, interrupted by the cue.

    Of PolNeAR's articles at hand 659 of 741 such pairs are one; over a paragraph's end 19 of 685.
    """
    gap = reading.text[a.end : b.start]
    if b.start > a.end and _says_more(gap, words):
        return False
    if b.speaker_at is not None and reading.text[b.speaker_at[1] : b.start] == ": ":
        return False  # “RUIZ: …”, a transcript's next turn
    if _said_between(a, b, gap):
        return True
    return (
        (a.kind == "direct" or (a.kind == "mixed" and a.cue_at is not None and a.cue_at[0] > a.start))
        and b.kind == "direct"
        and 0 <= b.start - a.end <= _LONGEST_GAP
        and ("\n" not in gap or (not gap.strip() and not _is_closed(reading.text, a.end)))
        and b.cue_at is None
        and ("\n" in gap or gap.rstrip()[-1:] in ".,:;!?…—–-\"'”’")
    )


def _says_more(gap: str, words: SpeechWords) -> bool:
    """ "…, he said, adding that …. “…”", "he asked, repeating: “…”", "“…?” He answered, “…”": a second cue stands between."""
    between = gap.strip()
    tokens = [w.strip(".,:;!?—–-\"'”’") for w in between.split()]
    lower = [w.lower() for w in tokens]
    if any(w in words.joining_on and w.endswith("ing") for w in lower):
        return True
    if (
        len(tokens) > 1
        and tokens[0][:1].isupper()
        and lower[0] in words.he | words.she
        and between[-1] in ",:"
    ):
        return True
    return (
        between[-1:] == ","
        and len(lower) > 2
        and any(w in words.say and w.endswith("ing") for w in lower[-2:])
    )


def _said_between(a: Statement, b: Statement, gap: str) -> bool:
    """ "…, he said. “…”", "“…,” he said, but “…”": nothing but the cue of the first stands between, and the second has none."""
    if b.kind != "direct" or b.cue_at is not None or a.cue_at is None or "\n" in gap or len(gap) > _SHORT_GAP:
        return False
    if not a.end <= a.cue_at[0] < b.start:
        return False
    behind = gap[a.cue_at[1] - a.end :].strip()
    return behind == "." or (behind.startswith(",") and behind.count(" ") <= 2)


def carry_on(reading: Reading, found: list[Statement], fresh: list[Statement]) -> None:
    """Sentences in reported speech without a cue, one behind the other in a paragraph, are one statement.

    In the articles of quotes/german at hand 49 of 66 such pairs are one.
    """
    at = next(
        (k for k in range(len(found) - 1, max(-1, len(found) - 5), -1) if found[k].kind == "indirect"), None
    )
    if at is None or fresh[0].kind != "indirect":
        return
    before, now = found[at], fresh[0]
    gap = reading.text[before.end : now.start]
    one = before.cue_at is None and now.cue_at is None and before.speaker_at == now.speaker_at
    if one and "\n" not in gap and not gap.strip(' .!?“”"»«'):
        fresh[0] = replace(now, start=before.start, pieces=(*before.pieces, *now.pieces))
        del found[at]


def _is_closed(text: str, end: int) -> bool:
    """Whether a closing mark stands at the end; without one, a quotation goes on in the next paragraph."""
    return text[end - 1] in "”\"'’»«“"


def is_within(statement: Statement, others: list[Statement]) -> bool:
    """Whether marked words are already part of a longer quotation that holds all of them."""
    return statement.kind != "indirect" and any(
        o is not statement
        and o.kind == "mixed"
        and o.start <= statement.start
        and statement.end <= o.end
        and o.end - o.start > statement.end - statement.start
        for o in others
    )


def merge(reading: Reading, fresh: list[Statement], words: SpeechWords) -> list[Statement]:
    """Statements of one unit in order, those of one saying joined; a short indirect one may stand between."""
    merged: list[Statement] = []
    for statement in sorted(fresh, key=lambda s: (s.start, -s.end)):
        near = range(len(merged) - 1, max(-1, len(merged) - 3), -1)
        at = next((k for k in near if merged[k].kind != "indirect"), None)
        if (
            at is not None
            and is_one_saying(reading, merged[at], statement, words)
            and not _ends_before(reading, merged[at], statement, words)
        ):
            merged[at] = join(merged[at], statement)
        elif statement not in merged:
            merged.append(statement)
    return merged


def _ends_before(reading: Reading, a: Statement, b: Statement, words: SpeechWords) -> bool:
    """Where a language's papers take a new sentence as a new quotation (German), whether a sentence ends between."""
    gap = reading.text[a.end : b.start]
    return words.marked_apart and ("." in gap or "," not in gap)


def join(a: Statement, b: Statement) -> Statement:
    if a.speaker_at is None:
        return Statement(a.start, b.end, (*a.pieces, *b.pieces), a.kind, b.speaker, b.speaker_at, b.cue_at)
    return Statement(a.start, b.end, (*a.pieces, *b.pieces), a.kind, a.speaker, a.speaker_at, a.cue_at)
