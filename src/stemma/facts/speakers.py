"""Who "he", "the minister" or a surname is: the fullest name that the text gives.

Built once for a text. Names are runs of capitalised words; a surname goes to the longer name that ends with it, a
pronoun to the person last spoken of who fits it. What cannot be resolved stays as the text has it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import pairwise

from stemma.facts.offices import Offices
from stemma.facts.reading import Reading
from stemma.facts.speech import SpeechWords
from stemma.text.names import fold_name

Place = tuple[int, int]

_UPPER = "A-ZÀ-ÖØ-ÞŠŽČĆŁŚĐĞİŞ"
# One set of letters in front, so that the search for the next name skips all other characters at once.
_NAME = (
    rf"[{_UPPER}](?:\.(?:[A-Z]\.)*|(?:(?<=M)rs?|(?<=M)s|(?<=D)r|(?<=G)ov|(?<=S)en|(?<=R)ep|(?<=G)en|(?<=L)t|(?<=C)ol"
    r"|(?<=S)t|(?<=S)gt)\.|[\w’'-]*\w|)"
)
_RUN = re.compile(
    rf"{_NAME}(?:[ \u00a0](?:{_NAME}|(?:of|de|von|van|der|bin|la|for|del|du|zu|al-\w+)(?=[ \u00a0](?:the )?[{_UPPER}])"
    rf"|the(?=[ \u00a0][{_UPPER}]))){{0,6}}"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_INNER = frozenset({"of", "for", "the", "von", "de", "del", "du", "la"})
_BACK = 1_200
"""Characters that a pronoun looks back; beyond that the text has moved on (PolNeAR dev)."""


class Speakers:
    """The names of one text, and how its words for a speaker resolve to them."""

    def __init__(self, reading: Reading, words: SpeechWords) -> None:
        self.reading = reading
        self.words = words
        self.full: dict[str, str] = {}
        self.persons: list[tuple[int, str]] = []
        self.gender: dict[str, str] = {}
        self._starts: list[int] = []
        self._names: dict[str, str | None] = {}
        self._last: tuple[int, str] | None = None
        self._body: tuple[int, str] | None = None
        self._offices: Offices | None = None
        self._collect()

    def _collect(self) -> None:
        words = self.words
        mentions: list[tuple[int, tuple[str, ...], frozenset[str]]] = []
        bare: dict[
            str, tuple[int, frozenset[str], tuple[str, ...]]
        ] = {}  # a text names the same few again and again
        for match in _RUN.finditer(self.reading.text):
            raw = match.group()
            if (found := bare.get(raw)) is None:
                skipped, titles, parts = self._bare(0, _POSSESSIVE.sub("", raw).split())
                found = bare[raw] = (skipped, titles, tuple(parts))
            if found[2] and (
                not words.title_endings or self._may_be_person(match.start(), found[1], found[2])
            ):
                mentions.append((match.start() + found[0], found[2], found[1]))
        counts: Counter[str] = Counter()
        for _, run, _ in mentions:
            if 1 < len(run) <= 4 and not (_INNER | words.adding) & set(run):
                counts[" ".join(run)] += 1
        for whole in sorted(counts, key=lambda n: (-counts[n], -len(n), n)):
            self.full.setdefault(fold_name(whole.split()[-1]), whole)
        person: dict[tuple[tuple[str, ...], frozenset[str]], str | None] = {}
        for start, run, titles in mentions:
            if (run, titles) not in person:
                known = self.full.get(fold_name(run[-1]))
                if known is not None or titles:
                    self._learn_gender(known or run[-1], titles)
                name = known or (" ".join(run) if titles else None)
                is_person = name is not None and not {p.lower() for p in name.split()} & words.organizations
                person[run, titles] = name if is_person else None
            if (name := person[run, titles]) is not None:
                self.persons.append((start, name))
        self._starts = [start for start, _ in self.persons]

    def _may_be_person(self, start: int, titles: frozenset[str], parts: tuple[str, ...]) -> bool:
        """Where all nouns have capitals: a title, a first name, or several words that no article or adjective opens."""
        first = parts[0].lower()
        if titles or first in self.words.male_names or first in self.words.female_names:
            return True
        if len(parts) < 2:
            return True  # a surname of somebody named in full elsewhere, or nobody
        if parts[0].endswith("s") and parts[0][:-1].lower() in self.reading.vocabulary:
            return False  # "Liats Rückkehr", where Liat is somebody
        before = self.reading.text[max(0, start - 24) : start].split()
        opener = before[-1].lower() if before and self.reading.text[start - 1 : start] == " " else ""
        noun = any(p.lower() in self.words.organizations or p.isupper() or "-" in p for p in parts[:1])
        return not noun and not (
            opener in self.words.determiners
            or opener in self.words.oblique
            or opener.endswith(("en", "er", "es", "em"))
            or opener in ("im", "am", "zum", "zur", "vom", "beim")
        )

    def _learn_gender(self, name: str, titles: frozenset[str]) -> None:
        first, words = name.split()[0].lower(), self.words
        if titles & words.male or first in words.male_names:
            self.gender.setdefault(name, "he")
        elif titles & words.female or first in words.female_names:
            self.gender.setdefault(name, "she")
        elif words.title_endings and titles:
            self.gender.setdefault(
                name, "she" if any(t.endswith(words.female_endings) for t in titles) else "he"
            )
        elif titles & words.titles:
            self.gender.setdefault(name, "")

    def _bare(self, start: int, parts: list[str]) -> tuple[int, frozenset[str], list[str]]:
        """A run without leading titles and small words, and which titles there were."""
        words = self.words
        titles: set[str] = set()
        lowered = [p.lower().rstrip(".") for p in parts]
        last = max((n for n, p in enumerate(lowered[:-1]) if self._is_title(p)), default=-1)
        if last > 0:  # "Estonian Prime Minister Kaja Kallas"
            titles.update(p for p in lowered[: last + 1] if self._is_title(p))
            start += len(" ".join(parts[: last + 1])) + 1
            parts = parts[last + 1 :]
        if words.title_endings:
            parts, lowered = self._without_dative(parts, lowered)
        office = any(a in words.titles and b == "of" for a, b in pairwise(lowered))
        if words.title_endings and len(parts) < 5:
            for n, (a, b) in enumerate(pairwise(lowered)):
                if b in words.adding and self._is_title(a):  # "Leiterin der Wetterwarte": what it is of
                    return start, frozenset(p for p in lowered[: n + 1] if self._is_title(p)), []
        while parts:
            plain = parts[0].lower().rstrip(".")
            if plain in words.titles or (len(parts) > 1 and self._is_title(plain)):
                titles.add(plain)
            elif plain not in words.stop and plain not in words.days and plain not in words.small:
                break
            start += len(parts[0]) + 1
            parts = parts[1:]
        if titles or (len(parts) > 3 and parts[0].lower() in words.male_names | words.female_names):
            for n in range(1, len(parts) - 1):
                if parts[n] == "of":  # "President Recep Erdogan of Turkey"
                    parts = parts[:n]
                    break
        if office and len(parts) > 2:  # "Minister of Foreign Affairs Lene Holm": the name is what stands last
            start += len(" ".join(parts[:-2])) + 1
            parts = parts[-2:]
        return start, frozenset(titles), parts

    def _without_dative(self, parts: list[str], lowered: list[str]) -> tuple[list[str], list[str]]:
        """ "sagte Falk der Zeitung": of a surname before "der" the rest is whom it was told (German)."""
        if len(parts) > 1 and parts[1] == "der" and not self._is_title(lowered[0]):
            return parts[:1], lowered[:1]
        return parts, lowered

    def _is_title(self, word: str) -> bool:
        """Whether a lower-case word is an office; in a language that joins words, by its end ("Gouverneurs")."""
        if word in self.words.titles:
            return True
        endings = self.words.title_endings
        return bool(endings) and (word.endswith(endings) or word.removesuffix("s").endswith(endings))

    def resolve(self, place: Place) -> str | None:
        """The fullest name for the words at `place`; the words themselves where the text gives no other.

        None for a pronoun that does not resolve and for words that name nobody.
        """
        place = self._without_frame(place)
        words = self.reading.text[place[0] : place[1]]
        lower = words.lower()
        name: str | None = None
        if lower in self.words.he or lower in self.words.she:
            if lower in self.words.they and self._is_plural(place):
                return None
            name = self._person_before(place[0], "she" if lower in self.words.she else "he")
        elif lower in self.words.relative:
            name = self._name_before(place[0])
        elif lower in self.words.it:
            return self._body_before(place)
        elif lower in self.words.many:
            return self._body_before(place, many=True)
        else:
            if words not in self._names:
                self._names[words] = self._named(words)
            name = self._names[words]
        if name is not None:
            self._last = (place[0], name)
            return name
        if not self.names_somebody(place) or self._is_scrap(place):
            return None
        if (name := self._holder(place)) is not None:
            self._last = (place[0], name)
            return name
        words = self._without_clause(place)
        self._body = (place[0], words)
        return self._as_subject(place[0], words)

    def _without_clause(self, place: Place) -> str:
        """ "Kelm" of "Kelm, whose troops left"."""
        reading, opening = self.reading, self.words.relative | self.words.relative_of
        last = reading.token_at(place[1] - 1)
        for at in range(reading.token_at(place[0]) + 1, last):
            if reading.lower[at] == "," and reading.lower[at + 1] in opening:
                return reading.text[place[0] : reading.ends[at - 1]]
        return reading.text[place[0] : place[1]]

    def _without_frame(self, place: Place) -> Place:
        """ "Angaben des Gouverneurs", "both Kelm and Tolvik", "He rejected": the words that name who, and no more."""
        reading, words = self.reading, self.words
        first = reading.token_at(place[0])
        last = reading.token_at(place[1] - 1) + 1
        if last - first < 2 or reading.starts[first] != place[0]:
            return place
        word, following = reading.lower[first], reading.lower[first + 1]
        if word in (words.he | words.she) & words.subjects:
            verb = following in words.cues or following in words.verbs or following in words.auxiliary
            return (place[0], reading.ends[first]) if verb else place
        if word in words.framing and (following in words.oblique or following in words.adding):
            return (reading.starts[first + 1 + (following in words.prepositions)], place[1])
        if word in words.both and last - first > 3 and following not in words.prepositions:
            return (reading.starts[first + 1], place[1])
        end = last
        while (
            end - first > 2
            and reading.lower[end - 1] in words.prepositions
            and reading.words[end - 1][0].islower()
        ):
            end -= 1
        return (place[0], reading.ends[end - 1]) if end < last else place

    def _as_subject(self, start: int, words: str) -> str:
        """In German "der iranischen Regierung" behind "laut" or "Angaben" is "die iranische Regierung": of women or of many."""
        first, *rest = words.split(" ")
        at = self.reading.token_at(start)
        leads = self.reading.lower[at - 1] if at else ""
        if first != self.words.genitive or not (leads in self.words.framing or leads in self.words.heads):
            return words
        head = next((n for n, word in enumerate(rest) if word[:1].isupper()), None)
        if head is None or not all(word.endswith("en") for word in rest[:head]):
            return words
        if rest[head].lower().endswith(self.words.feminine):
            rest[:head] = [word[:-1] for word in rest[:head]]
        return " ".join([self.words.nominative, *rest])

    def is_person(self, name: str) -> bool:
        """Whether a resolved name is one of the text's persons, and no body, place or "leader of the party"."""
        return self.words.adding.isdisjoint(name.split()) and any(one == name for _, one in self.persons)

    def _holder(self, place: Place) -> str | None:
        """ "the mayor": the one whom the text introduces so."""
        first = self.reading.lower[self.reading.token_at(place[0])]
        if first not in self.words.definite:
            return None
        if self._offices is None:
            self._offices = Offices(self.reading, self.words, self.persons)
        return self._offices.find_holder(place)

    def _is_scrap(self, place: Place) -> bool:
        """ "When", "Amid responses from some", "2012, and obtained": words beside a cue that were cut wrongly and name nobody."""
        words = self.words
        parts = self.reading.text[place[0] : place[1]].split()
        lower = [p.lower().strip(",;:()\"'“”") for p in parts]
        if not lower[0] or lower[0] in words.openers:
            return True
        if not words.title_endings and lower[0] in words.prepositions:
            return True
        if words.gerund and self._is_clause(parts, lower):
            return True
        if len(lower) == 1 and (
            lower[0] in words.stop
            or lower[0] in words.connective
            or (words.gerund and lower[0].endswith(words.gerund))
        ):
            return True
        return not words.own.isdisjoint(lower) or (lower[0].isdigit() and parts[0].endswith(","))

    def _is_clause(self, parts: list[str], lower: list[str]) -> bool:
        """ "The dam that", "It wasn't just the", "seasons of use rather", "The 20", "the river is": no noun phrase."""
        words = self.words
        if lower[-1] in words.comparing or (lower[0] in words.it & words.subjects and len(lower) > 1):
            return True
        if lower[-1] in words.articles and len(lower) > 1 and parts[-1].islower():
            return True
        if len(lower) == 2 and lower[0] in words.definite and lower[1].isdigit():
            return True
        finite = words.be | words.modals | words.perfect
        if not words.relative.isdisjoint(lower) or any(p.endswith(",") for p in parts):
            return False
        return any(p in finite and p[0].isalpha() for p in parts[1:])

    def _is_plural(self, place: Place) -> bool:
        """ "sie sagten": whether the verb beside a pronoun for one or many is that of many."""
        at = self.reading.token_at(place[0])
        for k in (at + 1, at - 1):
            word = self.reading.lower[k] if 0 <= k < len(self.reading.lower) else ""
            if word in self.words.say or word in self.words.verbs or word in self.words.react:
                return word.endswith("en") or word in ("sind", "seien")
        return False

    def names_somebody(self, place: Place, *, pronouns: bool = False) -> bool:
        """Whether words can name who speaks: no clause, no gerund with its object, and no bare pronoun unless asked."""
        words = self.words
        parts = self.reading.text[place[0] : place[1]].split()
        lower = [p.lower().strip(",;:()\"'“”") for p in parts]
        if len(lower) == 1 and (lower[0] in words.pronouns or lower[0] in words.determiners):
            return pronouns
        if lower[0] in words.nobody or lower[-1] in words.subjects:
            return False
        second = lower[1] if len(lower) > 1 else ""
        if (
            words.gerund
            and lower[0].endswith(words.gerund)
            and second in words.determiners | words.possessive
        ):
            return False
        common = bool(words.gerund) and not any(p[0].isupper() for p in parts)
        if common and lower[0].endswith("ed") and not lower[-1].endswith("s"):
            return False  # "launched intense air": a verb before a noun that was taken for one
        if any(w in words.say and w not in words.ambiguous and w.endswith("ed") for w in lower[:-1]):
            return bool({*lower} & words.relative) or any(p.endswith(",") for p in parts)
        return True

    def _body_before(self, place: Place, *, many: bool = False) -> str | None:
        """ "It also opposes", "They said": the body, or the many, that spoke in the sentence before, at the head of its own."""
        here = self.reading.sentence_at(place[0])
        if self._body is None or place[0] != self.reading.sentences[here][0]:
            return None
        before, words = self._body
        last = words.lower().split()[-1]
        plural = last in self.words.collectives or (last[-1] == "s" and (not many or last[-2:] != "ss"))
        if plural != many or self.reading.sentence_at(before) != here - 1:
            return None
        if many:  # "They said … They added …"
            self._body = (place[0], words)
        return words

    def _named(self, words: str) -> str | None:
        """The name that a phrase holds: of its head, else of an apposition ("a spokesman, Oleg Taran")."""
        for part in re.split(r"[,(]\s?", words):
            if name := self._named_in(part):
                return name
        return None

    def _named_in(self, words: str) -> str | None:
        """The last name outside a possessive and not behind "of" or "for" ("Torvik's aide" is not Torvik)."""
        runs = list(_RUN.finditer(words))
        for number, match in reversed(list(enumerate(runs))):
            behind = words[match.end() :]
            gap = words[runs[number - 1].end() : match.start()].split() if number else []
            if gap and gap[0].lower() in self.words.prepositions:
                continue  # "Jon Falk of the brokerage Tollgate": what he belongs to
            if any(part.endswith(("'s", "’s")) for part in match.group().split()[:-1]) and self._is_title(
                behind[1:].split(" ", 1)[0].strip(",")
            ):
                continue  # "Lindmark's Liberal governor"
            if match.group().endswith(("'s", "’s", "s'", "s’")) or behind.startswith(
                ("'s ", "’s ", "' ", "’ ")
            ):
                continue
            before = words[: match.start()].split()
            if before and before[-1].lower() in self.words.prepositions:
                continue
            if self.words.title_endings and self._is_genitive(before):
                continue  # "die Sprecherin des Senators Jon Falk"
            _, titles, parts = self._bare(0, match.group().split())
            if not titles and self._is_attribute([*before, *match.group().split()], behind):
                continue  # "a Falk supporter", "the Falk campaign"
            if not parts or (len(parts) < 3 and self._is_office(match.group().split())):
                continue
            name = self.full.get(fold_name(parts[-1]))
            if name is not None and (len(name) >= len(" ".join(parts))):
                return name
            if titles and not behind.strip():
                return " ".join(parts)
            if name is not None:
                return name
        return None

    def _is_attribute(self, before: list[str], behind: str) -> bool:
        """Whether a name only says of which kind the noun behind it is; `before` ends with the name."""
        words = self.words
        word = behind[1:].split(" ", 1)[0] if behind.startswith(" ") else ""
        if not words.gerund or not word.isalpha() or not word.islower() or self._is_title(word):
            return False
        small = word in words.stop or word in words.prepositions or word in words.relative
        if small or word in words.cues or word in words.verbs or word in words.days or word in words.pronouns:
            return False
        if word.endswith((*words.adverb_endings, *words.gerund, "ed", "self")):
            return False
        kind = word in words.organizations or word.endswith(words.kinds)
        return kind or before[0].lower() in words.determiners

    def _is_genitive(self, before: list[str]) -> bool:
        """Whether a noun and an article of its genitive stand before a name, an adjective or two between."""
        for n in range(len(before) - 1, max(-1, len(before) - 4), -1):
            word = before[n]
            if word in self.words.adding:
                return n > 0 and before[n - 1][:1].isupper()
            if not word.endswith(("en", "er")) or word[:1].isupper():
                return False
        return False

    def _is_office(self, parts: list[str]) -> bool:
        """ "President of Lindmark": a title and what it is of, and no name."""
        lowered = [p.lower() for p in parts]
        return any(
            a in self.words.titles and b in _INNER and n + 4 > len(parts)
            for n, (a, b) in enumerate(pairwise(lowered))
        )

    def _name_before(self, place: int) -> str | None:
        """ "who": the name right before it."""
        at = bisect_left(self._starts, place) - 1
        return self.persons[at][1] if at >= 0 and place - self.persons[at][0] < 120 else None

    def _person_before(self, place: int, gender: str) -> str | None:
        """The person a pronoun means: the last speaker if he fits, else the nearest who fits, sentence openers first."""
        if self._last is not None and place - self._last[0] < _BACK and self._fits(self._last[1], gender):
            last_start, last_name = self._last
            at = bisect_left(self._starts, place)
            between = {
                n
                for s, n in self.persons[bisect_left(self._starts, last_start) : at]
                if self._fits(n, gender)
            }
            if len(between) <= 1 or self._opens_sentence_with(last_name, place):
                return last_name
        best: tuple[float, str] | None = None
        here = self.reading.sentence_at(place)
        at = bisect_left(self._starts, place) - 1
        while at >= 0 and place - self._starts[at] < _BACK:
            start, name = self.persons[at]
            at -= 1
            if not self._fits(name, gender):
                continue
            sentence = self.reading.sentence_at(start)
            opens = start - self.reading.sentences[sentence][0] < 40
            known = 0.0 if self.gender.get(name) == gender else 0.8
            said = -0.6 if self._last is not None and self._last[1] == name else 0.0
            cost = (here - sentence) + (0.0 if opens else 0.7) + known + said
            if best is None or cost < best[0]:
                best = (cost, name)
        return best[1] if best else None

    def _opens_sentence_with(self, name: str, place: int) -> bool:
        here = self.reading.sentence_at(place)
        start, end = self.reading.sentences[max(0, here - 1)]
        return name.split()[-1] in self.reading.text[start : min(end, start + 60)]

    def _fits(self, name: str, gender: str) -> bool:
        known = self.gender.get(name)
        parts = name.lower().split()
        if known is None and (
            parts[0] in self.words.place_openers or not self.words.organizations.isdisjoint(parts)
        ):
            return False
        return (known is not None and known in ("", gender)) or (known is None and len(name.split()) > 1)
