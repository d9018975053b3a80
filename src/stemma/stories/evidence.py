"""Why an article is in a story, in the reader's words: the names, words, figures and days that both hold."""

from __future__ import annotations

import numpy as np

from stemma.stories.bags import NAME, NUMBER, ROLE_BITS, TIME
from stemma.stories.measures import Asked
from stemma.stories.memory import Memory

_MOST = 5


def tell_evidence(asked: Asked, memory: Memory, story: int) -> tuple[str, ...]:
    """ "names: …", "words: …", "figures: …", "days: …": what weighs most first, at most five of each."""
    held = np.unique(np.concatenate([memory.entries[row] >> ROLE_BITS for row in memory.kept(story)]))
    shared = np.isin(asked.keys, held)
    kinds: dict[str, list[str]] = {"names": [], "words": [], "figures": [], "days": []}
    for at in np.argsort(-asked.telling, kind="stable").tolist():
        if not shared[at]:
            continue
        role = int(asked.bag.entries[at])
        kind = "names" if role & NAME else "figures" if role & NUMBER else "days" if role & TIME else "words"
        if len(kinds[kind]) < _MOST:
            kinds[kind].append(asked.bag.spelled[at])
    return tuple(f"{kind}: {', '.join(words)}" for kind, words in kinds.items() if words)
