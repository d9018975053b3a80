"""The quotations of one article: direct, indirect and mixed, each with its cue and its speaker.

Takes an article, gives `Quote`s in order of place. Attribution within a sentence is in `attribution`, speakers are
resolved in `speakers`; this module joins the pieces of one statement and carries a speaker on to the next paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache

from stemma.facts.attribution import find_announced, find_attributions, find_judge, find_sentence_subject
from stemma.facts.joining import Statement, carry_on, is_one_saying, is_within, join, merge
from stemma.facts.joints import MARKED_THRESHOLD, THRESHOLD, load_weights
from stemma.facts.marked import is_called, is_heading, is_name, is_publication, is_said, is_work, names_only
from stemma.facts.reading import Reading, read_text
from stemma.facts.settling import settle
from stemma.facts.speakers import Speakers
from stemma.facts.speech import SpeechWords, speech_words
from stemma.facts.units import Attribution, Unit, find_units
from stemma.facts.weighing import weigh, weigh_run
from stemma.types import Article, Quote, Span

_LABEL = re.compile(r"[“„\"']{1,2}((?:[A-Z][\w.'’-]+ ){0,2}[A-Z][\w'’-]+): ")


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """All quotations and reported statements of an article, in order of their first character."""
    text, ident = article.text, article.id

    def span(place: tuple[int, int] | None) -> Span | None:
        return Span(article=ident, start=place[0], end=place[1]) if place else None

    return tuple(
        Quote(
            span=Span(article=ident, start=s.start, end=s.end),
            pieces=tuple(Span(article=ident, start=a, end=b) for a, b in s.pieces),
            kind="direct" if s.kind == "direct" else "mixed" if s.kind == "mixed" else "indirect",
            speaker=s.speaker,
            speaker_span=span(s.speaker_at),
            cue=text[s.cue_at[0] : s.cue_at[1]] if s.cue_at else None,
            cue_span=span(s.cue_at),
        )
        for s in find_statements(read_text(text, article.language or "en"))
    )


@lru_cache(maxsize=8)
def find_statements(reading: Reading) -> tuple[Statement, ...]:
    """The quotations of a text as places, in order of their first character; none twice."""
    words = speech_words(reading.language)
    if not words.say:
        words = speech_words("en")
    units = find_units(reading, words)
    weights = load_weights(reading.language, "keep")
    limit = weights.get(THRESHOLD, 0.0)
    marked_limit = weights.get(MARKED_THRESHOLD, limit)
    speakers = Speakers(reading, words)
    found: list[Statement] = []
    last: Statement | None = None
    teller: Statement | None = None
    for number, unit in enumerate(units):
        proposed = find_attributions(reading, unit, words)
        if not proposed and not unit.runs:
            continue
        weighed = [(weigh(reading, unit, a), a) for a in proposed]
        attributions = settle(
            unit,
            [
                (w, a)
                for w, a in weighed
                if (w > limit or (w > marked_limit and _touches(a, unit.runs)))
                and not names_only(reading, unit, a, words)
                and not is_work(reading, unit, a, words)
            ],
        )
        taken: list[tuple[int, int]] = []
        fresh: list[Statement] = []
        for attribution in attributions:
            statement = _statement(reading, unit, attribution, speakers)
            if statement.kind == "indirect" and not _has_teller(attribution, statement, speakers):
                continue
            if statement.speaker_at is None and attribution.traits[0] == "subjunctive":
                if not fresh and number and not (found and found[-1].end > units[number - 1].start):
                    statement = _judged_before(reading, units[number - 1], statement, words, speakers)
                if statement.speaker_at is None and teller is not None:
                    statement = replace(statement, speaker=teller.speaker, speaker_at=teller.speaker_at)
            if statement.speaker is not None:
                teller = statement
            fresh.append(statement)
            if words.marked_apart and statement.kind != "direct":
                apart = _apart(reading, statement, unit, words)
                if statement.kind == "indirect":
                    apart = [s for s in apart if _is_judged(reading, s.start, words)]
                apart = [s for s in apart if not any(s.pieces == one.pieces for one in fresh)]
                fresh.extend(apart)
                # its marked words stand apart, so the clause itself is indirect
                fresh[fresh.index(statement)] = replace(statement, kind="indirect")
            taken.extend(attribution.pieces)
        loose = [run for run in unit.runs if not any(a < run[1] and run[0] < b for a, b in taken)]
        for run in loose:
            before = (
                _teller(fresh)
                if fresh
                else last
                if _goes_on(reading, units, number, run, last, words)
                else None
            )
            alone = _loose(reading, unit, run, before, words, speakers)
            if alone is not None:
                if not fresh and number and run[0] == unit.start:
                    alone = _announced(reading, units[number - 1], alone, words, speakers)
                if before is not None and not fresh and alone.cue_at is None:
                    alone = _opened_anew(reading, units, number, alone, before, words, speakers)
                if alone.speaker_at is None:
                    weak = [a for a in proposed if a not in attributions]
                    alone = _told_weakly(alone, weak, speakers)
                if alone.speaker_at is None:
                    alone = _told_by_subject(reading, unit, alone, words, speakers)
                fresh.append(alone)
        if len(fresh) > 1:
            if not words.marked_apart:
                fresh = [s for s in fresh if not is_within(s, fresh)]
            fresh = merge(reading, fresh, words)
        if found and fresh and not words.marked_apart:
            back = next(
                (
                    k
                    for k in range(len(found) - 1, max(-1, len(found) - 4), -1)
                    if found[k].kind != "indirect"
                ),
                None,
            )
            if back is not None and is_one_saying(reading, found[back], fresh[0], words):
                fresh[0] = join(found.pop(back), fresh[0])
        if found and fresh and words.marked_apart:
            carry_on(reading, found, fresh)
        found.extend(fresh)
        last = fresh[-1] if fresh else last if last is not None and not attributions else None
    return tuple(sorted(found, key=lambda s: (s.start, -s.end)))


def _touches(found: Attribution, runs: tuple[tuple[int, int], ...]) -> bool:
    """Whether what is attributed holds marked words."""
    start, end = found.pieces[0][0], found.pieces[-1][1]
    return any(run[0] < end and start < run[1] for run in runs)


def _statement(reading: Reading, unit: Unit, found: Attribution, speakers: Speakers) -> Statement:
    start, end = found.pieces[0][0], found.pieces[-1][1]
    whole = bool(unit.runs) and all(
        any(run[0] <= a and b <= run[1] for run in unit.runs) for a, b in found.pieces
    )
    kind = (
        "direct" if whole else "mixed" if _holds_words(reading, unit, found, speakers.words) else "indirect"
    )
    speaker = speakers.resolve(found.speaker) if found.speaker else None
    frame = found.traits[1] if len(found.traits) > 4 else "say"
    told = frame not in ("react", "intend") and found.traits[0] != "to"
    return Statement(start, end, found.pieces, kind, speaker, found.speaker, found.cue, told)


def _holds_words(reading: Reading, unit: Unit, found: Attribution, words: SpeechWords) -> bool:
    """Whether what is attributed holds marked words that are the speaker's, and no name or term."""
    start, end = found.pieces[0][0], found.pieces[-1][1]
    named = found.cue is not None and bool(
        words.naming.intersection(reading.text[found.cue[0] : found.cue[1]].lower().split())
    )  # he himself names it so
    return any(
        run[0] < end
        and start < run[1]
        and not is_name(reading.text, *run, words)
        and (named or not is_called(reading, run, words))
        for run in unit.runs
    )


def _has_teller(found: Attribution, statement: Statement, speakers: Speakers) -> bool:
    """False where the words beside the cue could be nobody: then the pattern was none."""
    if found.speaker is None or statement.speaker is not None:
        return True
    return speakers.names_somebody(found.speaker, pronouns=True)


def _judged_before(
    reading: Reading, unit: Unit, statement: Statement, words: SpeechWords, speakers: Speakers
) -> Statement:
    """ "Die Stadt äußerte Zweifel. Der Damm sei …": reported speech behind a sentence that only tells who judges."""
    if "\n" in reading.text[unit.end : statement.start]:
        return statement
    place = find_judge(reading, unit, words)
    name = speakers.resolve(place) if place is not None else None
    return statement if name is None else replace(statement, speaker=name, speaker_at=place)


def _opened_anew(
    reading: Reading,
    units: list[Unit],
    number: int,
    statement: Statement,
    before: Statement,
    words: SpeechWords,
    speakers: Speakers,
) -> Statement:
    """ "“…,” Ruiz said. ¶ Falk sent out a warning. “…”": a sentence between names another person than who spoke last."""
    previous = units[number - 1]
    if previous.start < before.end or "\n" in reading.text[previous.end : statement.start]:
        return statement
    last = reading.starts[previous.last - 1]
    place = find_sentence_subject(reading, previous, (last, last), words)
    name = speakers.resolve(place) if place is not None else None
    if name is None or name == statement.speaker or not speakers.is_person(name):
        return statement
    return replace(statement, speaker=name, speaker_at=place)


def _told_weakly(statement: Statement, weak: list[Attribution], speakers: Speakers) -> Statement:
    """The speaker of a pattern that was too weak for its own words, where it holds marked words that are somebody's."""
    for found in weak:
        holds = found.pieces[0][0] <= statement.start and statement.end <= found.pieces[-1][1]
        if holds and found.speaker is not None and (name := speakers.resolve(found.speaker)) is not None:
            return replace(statement, speaker=name, speaker_at=found.speaker, cue_at=found.cue)
    return statement


def _told_by_subject(
    reading: Reading, unit: Unit, statement: Statement, words: SpeechWords, speakers: Speakers
) -> Statement:
    """Marked words without a cue go to the subject of their sentence where that is a person of the text.

    Right for 14 of 15 such words in the articles of quotes/polnear at hand, and 11 of 14 of quotes/german.
    """
    place = find_sentence_subject(reading, unit, (statement.start, statement.end), words)
    if place is None:
        return statement
    name = speakers.resolve(place)
    if name is None or not speakers.is_person(name):
        return statement
    return replace(statement, speaker=name, speaker_at=place)


def _apart(reading: Reading, statement: Statement, unit: Unit, words: SpeechWords) -> list[Statement]:
    """The marked runs within an indirect statement that are its speaker's words, as quotations of their own."""
    inside = [run for run in unit.runs if statement.start <= run[0] and run[1] <= statement.end]
    return [
        replace(statement, start=a, end=b, pieces=((a, b),), kind="direct")
        for a, b in inside
        if _is_apart(reading, unit, (a, b), words)
    ]


def _is_judged(reading: Reading, start: int, words: SpeechWords) -> bool:
    """ "nannte den Plan einen „Wortbruch“": marked nouns that somebody finds in a thing, and no name of it."""
    first = bisect_left(reading.starts, start)
    return first > 0 and reading.lower[first - 1] in words.judging


def _is_apart(reading: Reading, unit: Unit, run: tuple[int, int], words: SpeechWords) -> bool:
    if is_publication(reading, run, words):
        return False
    said = weigh_run(reading, unit, run, words, "inside")
    return said > 0 if said is not None else not is_name(reading.text, *run, words)


def _goes_on(
    reading: Reading,
    units: list[Unit],
    number: int,
    run: tuple[int, int],
    last: Statement | None,
    words: SpeechWords,
) -> bool:
    """Whether a marked run without a cue continues the statement before it: the next thing said, or the next paragraph."""
    if last is None or number == 0:
        return False
    between = reading.text[last.end : run[0]]
    if units[number].start == run[0]:
        return between.count("\n\n") <= 1
    # "It could also be “…": of what he spoke of in the sentence before
    opening = reading.lower[units[number].first]
    return "\n" not in between and opening in words.it and units[number - 1].start <= last.end


def _teller(fresh: list[Statement]) -> Statement:
    """Whose words a further marked run of the sentence are: of the last that said something in marks, else the last."""
    return next((s for s in reversed(fresh) if s.kind != "indirect"), fresh[-1])


def _loose(
    reading: Reading,
    unit: Unit,
    run: tuple[int, int],
    before: Statement | None,
    words: SpeechWords,
    speakers: Speakers,
) -> Statement | None:
    """A marked run with no cue of its own: a statement if long enough or the whole unit; else words put in marks."""
    if is_heading(reading.text, run, words) or is_publication(reading, run, words):
        return None
    said = weigh_run(reading, unit, run, words, "alone" if before is None else "after")
    if said is None:
        said = 1.0 if is_said(reading, unit, run, words) else -1.0
    if said <= 0:
        return None
    speaker_at = before.speaker_at if before else None
    speaker = before.speaker if before else None
    if label := _LABEL.match(reading.text, *run):  # “RUIZ: The bridge is old”, as transcripts print it
        name = speakers.resolve(label.span(1))
        if name is not None and speakers.is_person(name):
            speaker, speaker_at = name, label.span(1)
            run = (label.end(), run[1])
    if words.inside and (told := _inside_pattern(words.inside).search(reading.text, *run)):
        speaker_at = told.span(1)
        speaker = speakers.resolve(speaker_at)
    return Statement(run[0], run[1], (run,), "direct", speaker, speaker_at, None)


def _announced(
    reading: Reading, previous: Unit, statement: Statement, words: SpeechWords, speakers: Speakers
) -> Statement:
    """The statement with the speaker whom a sentence ending in a colon names before it."""
    if reading.text[previous.end - 1] != ":":
        return statement
    found = find_announced(reading, previous, words)
    if found is None:
        return statement
    return replace(statement, speaker=speakers.resolve(found[0]), speaker_at=found[0], cue_at=found[1])


@lru_cache(maxsize=16)
def _inside_pattern(pattern: str) -> re.Pattern[str]:
    """A cue within the marks, as French papers print it: « …, a-t-elle ajouté, … »; group 1 is who."""
    return re.compile(pattern)
