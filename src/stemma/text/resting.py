"""What a process that has nothing to do can let go of: tables that are had again when they are needed.

Whoever holds such a thing says how to let go of it; whoever knows that nothing is to be done asks for it.
"""

from __future__ import annotations

from collections.abc import Callable

_held: list[Callable[[], None]] = []


def on_rest(let_go: Callable[[], None]) -> None:
    """Has this called at each rest from now on."""
    _held.append(let_go)


def rest() -> None:
    """Lets go of everything that can be had again."""
    for let_go in _held:
        let_go()
