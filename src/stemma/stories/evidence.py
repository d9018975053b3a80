"""Why an article is in a story, in the reader's words: the names, words, figures and days that both hold."""

from __future__ import annotations

import numpy as np

from stemma.stories.bags import LEAD, NAME, ROLE_BITS
from stemma.stories.measures import Asked
from stemma.stories.memory import Memory
from stemma.stories.vocabulary import NUMBER, TIME

_MOST = 5
_READ = 30


def tell_evidence(asked: Asked, memory: Memory, story: int) -> tuple[str, ...]:
    """ "names: …", "words: …", "figures: …", "days: …": what weighs most first, at most five of each."""
    marks = memory.lexicon.marks
    told = memory.entries.gather(memory.kept(story))[0] >> ROLE_BITS
    marks[told] = 1
    shared = np.flatnonzero(marks.take(asked.words))
    marks[told] = 0
    roles = asked.bag.entries.tolist()
    kinds: dict[str, list[str]] = {"names": [], "words": [], "figures": [], "days": []}
    for at in shared[np.argsort(-asked.telling[shared], kind="stable")].tolist():
        role = roles[at]
        kind = "names" if role & NAME else "figures" if role & NUMBER else "days" if role & TIME else "words"
        if len(kinds[kind]) < _MOST:
            kinds[kind].append(asked.bag.spelled[at])
    return tuple(f"{kind}: {', '.join(words)}" for kind, words in kinds.items() if words)


def tell_membership(row: int, story: list[int], memory: Memory) -> tuple[str, ...]:
    """The principal names that an article shares with the rest of its story, those that most members hold first."""
    others = [other for other in story if other != row]
    names = _common_names([row], others, memory)
    return (f"names: {', '.join(names)}",) if names else ()


def tell_link(stories: list[list[int]], story: list[int], memory: Memory) -> tuple[str, ...]:
    """The principal names that link a story to the others of its thread."""
    others = [row for other in stories if other != story for row in other]
    names = _common_names(story, others, memory)
    return (f"names: {', '.join(names)}",) if names else ()


def _common_names(some: list[int], others: list[int], memory: Memory) -> list[str]:
    if not others:
        return []
    held = np.unique(np.concatenate([memory.entries[row] >> ROLE_BITS for row in some]))
    entries = np.concatenate([memory.entries[row] for row in others[:_READ]])
    entries = entries[((entries & NAME) > 0) & ((entries & LEAD) > 0)]
    words, counts = np.unique(entries >> ROLE_BITS, return_counts=True)
    weight = np.where(np.isin(words, held), counts * memory.rarity(words), 0.0)
    order = [at for at in np.argsort(-weight, kind="stable").tolist() if weight[at] > 0]
    spelled = (memory.lexicon.find_spelling(word) for word in words[order[:_MOST]].tolist())
    return [name for name in spelled if name]
