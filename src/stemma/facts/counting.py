"""What a quantity counts: the thing after it, what happened to the thing, or why it is no figure at all.

Works on tokens and the `[figures]` table of the language. Dates, clock times, ages, addresses, numbered things and
"one" as a pronoun are no figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from stemma.facts.figure_words import FigureWords
from stemma.facts.reading import Reading
from stemma.facts.states import (
    CLAUSE_END,
    find_state_after,
    find_state_before,
    find_state_far_before,
    is_phrase,
)
from stemma.text.numbers import Quantity


@dataclass(frozen=True, slots=True)
class Counted:
    """The thing (`noun`, as written) and its state (a key of the language's `states`); either may be unknown.

    `carried` tells that the noun was taken from an earlier figure ("three others").
    """

    noun: str | None
    state: str | None
    carried: bool = False


def is_figure(reading: Reading, quantity: Quantity, words: FigureWords) -> bool:
    """Whether the quantity counts or measures something, and is no date, time, age, address, label or pronoun."""
    text, lower = reading.text, reading.lower
    if text.startswith("00", quantity.core):
        return False
    first = reading.token_at(quantity.core)
    last = reading.token_at(quantity.end - 1)
    before = lower[first - 1] if first else ""
    after = lower[last + 1] if last + 1 < len(lower) else ""
    second = lower[last + 2] if last + 2 < len(lower) else ""
    touching = text[quantity.end : quantity.end + 1]
    if quantity.unit is not None and quantity.unit not in ("m", "l"):
        return True
    if quantity.core and text[quantity.core - 1] in "-–/" and not quantity.in_words:
        return False
    if touching == "-" and text[quantity.end + 1 : quantity.end + 2].isalnum():
        return False
    if after in words.age_after or (after == "-" and second in words.age_after):
        return False
    if after in words.years and (
        second in words.old or before in words.ages or lower[max(0, first - 2) : first] == (",",)
    ):
        return False
    if words.ages & set(lower[max(0, first - (4 if quantity.in_words else 8)) : first]):
        return False
    if after.rstrip(".") in words.clock or after in words.not_things:
        return False
    if before.rstrip(".") in words.months or after.rstrip(".") in words.months:
        return False
    if first > 1 and lower[first - 2] in words.months and (before == "." or before.isdigit()):
        return False
    if after in words.of and second in words.months:
        return False  # "el 18 de junio"
    if after == "." and second in words.months:
        return False
    if quantity.in_words:
        return _is_counting_word(reading, quantity, first, last, words)
    if _is_year(reading, quantity, before, after, words):
        return False
    if _is_age_after_name(reading, quantity, first, after, words):
        return False
    if before.rstrip(".").rsplit("-", 1)[-1] in words.labels or before in ("#", "№", "§"):
        return False
    ahead = lower[last + 1 : last + 5]
    if words.nouns_capitalized:
        if before.endswith(tuple(words.streets)):
            return False  # "Hafenstraße 12"
    elif any(w in words.streets for w in ahead) and (
        after in words.streets or reading.words[last + 1][:1].isupper()
    ):
        return False
    if first and reading.words[first - 1][:1].isupper() and first - 1 not in reading.first:
        return (
            bool(after)
            and after[0].isalpha()
            and (after in words.states or words.nouns_capitalized or not reading.words[last + 1][0].isupper())
        )
    return True


def find_counted(
    reading: Reading, quantity: Quantity, words: FigureWords, *, earlier: Counted | None
) -> Counted:
    """The thing counted and its state, from the words around the quantity; `earlier` is the sentence's last figure."""
    lower = reading.lower
    sentence = reading.sentence_at(quantity.core)
    floor, ceiling = reading.first[sentence], reading.first[sentence + 1]
    first = reading.token_at(quantity.start)
    last = reading.token_at(quantity.end - 1)
    noun, at, other = _noun_after(reading, last + 1, ceiling, words)
    if noun is not None and noun.lower() in words.days:
        noun = None  # "un pic de 100 points dimanche"
    if noun is not None and not words.durations.isdisjoint(noun.lower().split()):
        if earlier is not None and _is_former(lower, first, words):
            return Counted(earlier.noun, earlier.state, True)
        return Counted(noun, None)
    if quantity.unit is not None:
        return Counted(noun or _noun_before(reading, first, floor, words), None)
    touching = (
        words.states.get(lower[at])
        if noun is None and at < ceiling and not is_phrase(lower, at, words)
        else None
    )
    state = (
        touching
        or find_state_before(lower, first, floor, words)
        or find_state_after(lower, at, ceiling, words)
    )
    carried = False
    if noun is None and state is None:
        state = find_state_far_before(lower, first, floor, words)
    if noun is None and earlier is not None and (other or (state and _may_be(earlier, state, words))):
        noun, carried = earlier.noun, True
        if state is None and other:
            state = earlier.state
    if state is None and noun and earlier and first and lower[first - 1] in words.inclusive:
        state = earlier.state
    if (
        state is None
        and noun
        and earlier
        and first > floor
        and lower[first - 1] in words.joining
        and not carried
        and not (at < ceiling and lower[at] in words.be)  # "and seven streets were struck": a verb of its own
    ):
        state = earlier.state
    if noun is None and state is None and earlier is not None and _is_elliptic(reading, first, last, words):
        return Counted(earlier.noun, earlier.state, True)
    if (
        noun is None
        and state is None
        and (told := _of_tally(reading, first, floor, words, earlier)) is not None
    ):
        return told
    if noun is not None and state is None and noun.lower() in words.states:
        state, noun = words.states[noun.lower()], None
    return Counted(noun, state, carried)


def _may_be(earlier: Counted, state: str, words: FigureWords) -> bool:
    """Whether the thing counted before can be in this state: "nine miners died, three wounded", but no rockets wounded."""
    if state not in words.human or earlier.noun is None or earlier.state in words.human:
        return True
    return not words.person.isdisjoint(earlier.noun.lower().split())


def _is_former(lower: tuple[str, ...], first: int, words: FigureWords) -> bool:
    """ "up from an estimate of 3,000 just days ago": a number of what was counted before."""
    return first > 1 and lower[first - 1] in words.of and lower[first - 2] in words.tallies


def _of_tally(
    reading: Reading, first: int, floor: int, words: FigureWords, earlier: Counted | None
) -> Counted | None:
    """ "the number of jobs … to 1,200", "the toll, earlier four, now stands at six": what the sentence's tally is of."""
    lower = reading.lower
    if first - 1 <= floor or lower[first - 1] not in words.put_at | words.onward:
        return None
    for at in range(first - 2, floor - 1, -1):
        if lower[at] in words.tallies:
            if lower[at + 1] in words.of:
                noun, end, _ = _noun_after(reading, at + 2, first, words)
                state = words.states.get(noun.lower() if noun else lower[end])
                if noun or state:
                    return Counted(None if state else noun, state)
            stands = lower[first - 2] in words.standing or (
                at == first - 2 and not words.put.isdisjoint(lower[max(floor, at - 3) : at])
            )  # "Kelm puts the number at 200"
            return Counted(earlier.noun, earlier.state, True) if stands and earlier is not None else None
    return None


def _is_elliptic(reading: Reading, first: int, last: int, words: FigureWords) -> bool:
    """ "compared with 83 in the other group", "740 in Tolvik": the thing is that of the figure before."""
    lower = reading.lower
    before = lower[first - 1] if first else ""
    after = lower[last + 1] if last + 1 < len(lower) else ""
    following = reading.words[last + 2] if last + 2 < len(lower) else ""
    if _is_former(lower, first, words):
        return True
    if before in words.carrying:
        return after in words.stops or after in CLAUSE_END or after in (",", ")")
    if after not in words.places or before in words.labels:
        return False
    return following[:1].isupper() or following.lower() in words.stops


def name_counted(counted: Counted, words: FigureWords) -> str | None:
    """`Figure.of`: the thing with its state ("soldiers killed")."""
    if counted.state is None:
        return counted.noun
    shown = words.shown[counted.state]
    if not counted.noun:
        return f"{words.people} {shown}".strip()
    return counted.noun if counted.noun.lower().endswith(shown) else f"{counted.noun} {shown}"


def _is_counting_word(
    reading: Reading, quantity: Quantity, first: int, last: int, words: FigureWords
) -> bool:
    lower = reading.lower
    before = lower[first - 1] if first else ""
    after = lower[last + 1] if last + 1 < len(lower) else ""
    if quantity.low != 1 or quantity.scaled or quantity.qualifier != "exact":
        return not (after == "-" and reading.text[quantity.end : quantity.end + 1] == "-")
    if not words.bare_one:
        return False
    if before in words.not_one or after in words.one_not or not after[:1].isalpha():
        return False
    return reading.text[quantity.end : quantity.end + 1] != "-"


def _is_year(reading: Reading, quantity: Quantity, before: str, after: str, words: FigureWords) -> bool:
    raw = reading.text[quantity.core : quantity.core_end]
    if quantity.qualifier != "exact" and quantity.qualifier != "between":
        return False
    if not (len(raw) >= 4 and raw[:4].isdigit() and raw[:2] in ("18", "19", "20") and not raw[4:5].isdigit()):
        return False
    if len(raw) > 4 and raw[4] not in "-–":
        return False
    if before in words.states or after in words.person or after in words.states:
        return False
    return before in words.stops or before in words.of or not after.endswith(("s", "n"))


def _is_age_after_name(
    reading: Reading, quantity: Quantity, first: int, after: str, words: FigureWords
) -> bool:
    """ "Ana Ruiz, 23, said": a capitalised word, a comma, a small number, a stop."""
    if first < 2 or reading.lower[first - 1] != "," or quantity.low is None or quantity.low > 120:
        return False
    called = reading.words[first - 2]
    if (
        not called[:1].isupper()
        and called != "."
        and called not in ("victim", "male", "female", "man", "woman", "boy", "girl", "suspect", "driver")
    ):
        return False
    second = reading.lower[first + 2] if first + 2 < len(reading.lower) else ""
    if after in words.of and second in words.whom:
        return False  # "in Tolvik, 14 of them"
    return after in (",", ".", ";", ")", "", "of", "from", "and") and quantity.low == quantity.high


def _noun_after(reading: Reading, at: int, ceiling: int, words: FigureWords) -> tuple[str | None, int, bool]:
    """The noun, the token after it, and whether a word for "others" stood there."""
    lower = reading.lower
    other = False
    while at < ceiling and (lower[at] in words.others or lower[at] in words.of):
        if lower[at] in words.of:
            at += 1
            while at < ceiling and lower[at] in words.stops:
                at += 1
            if at < ceiling and lower[at] in words.whom:
                return None, at + 1, True
            break
        other = True
        at += 1
    if at + 1 < ceiling and lower[at] in words.onward and lower[at + 1][0].isdigit():
        at += 2  # "from 40 million to 75 million crowns": both count crowns
        while at < ceiling and lower[at] in words.scales:
            at += 1
    begin = at
    while at < ceiling and at - begin < 5:
        word = lower[at]
        if not (word[0].isalnum() or word in ("-", "'s", "’s")) or word[0].isdigit():
            break
        if (
            word in words.stops
            or word in words.of
            or word in words.be
            or (word in words.states and word not in words.person)
        ):
            break
        if at > begin and word.endswith("ed") and lower[at - 1].endswith("s") and word not in words.states:
            break  # "drivers joined"
        at += 1
        if word in words.person and not (at < ceiling and lower[at] in ("'s", "’s", "-")):
            break
        if words.nouns_capitalized and reading.words[at - 1][0].isupper():
            break
    if words.nouns_capitalized and at > begin and not reading.words[at - 1][0].isupper():
        at = begin
    at = _second_noun(reading, begin, at, ceiling, words)
    while at > begin and lower[at - 1].endswith("ly"):
        at -= 1
    if at == begin:
        return None, at, other
    return reading.text[reading.starts[begin] : reading.ends[at - 1]], at, other


def _second_noun(reading: Reading, begin: int, at: int, ceiling: int, words: FigureWords) -> int:
    """ "332 drones and missiles were launched": a second noun with no number of its own belongs to the thing."""
    lower = reading.lower
    if begin < at < ceiling - 2 and lower[at] in words.joining and lower[at + 1].isalpha():
        following = lower[at + 2]
        plain = (
            lower[at + 1] not in words.stops
            and lower[at + 1] not in words.states
            and lower[at + 1] not in words.be
        )
        if plain and (
            following in words.be
            or following in words.states
            or following in words.stops
            or following in CLAUSE_END
        ):
            return at + 2
    return at


def _noun_before(reading: Reading, first: int, floor: int, words: FigureWords) -> str | None:
    """ "a penalty of $95", "unemployment levels could hit 30%": the nearest plain words before, three at most."""
    lower = reading.lower

    def is_plain(at: int) -> bool:
        word = lower[at]
        return (
            word.isalpha() and len(word) > 2 and word not in words.stops | words.be and word not in words.of
        )

    for at in range(first - 1, max(floor, first - 7) - 1, -1):
        if not lower[at][0].isalpha():
            return None
        if is_plain(at):
            begin = at
            while begin > floor and at - begin < 2 and is_plain(begin - 1):
                begin -= 1
            return reading.text[reading.starts[begin] : reading.ends[at]]
    return None
