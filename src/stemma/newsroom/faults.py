"""The one place that catches broadly: a stage that raises costs the article that it raised on, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from stemma.errors import StoreError

T = TypeVar("T")
_log = logging.getLogger("stemma")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What was raised, in words for the operator; the trace is in the log."""

    words: str


def attempt(call: Callable[[], T], *, on: str) -> T | Fault:
    """The call's result, or the fault that it raised. Faults of the store pass: nothing can go on without it."""
    try:
        return call()
    except StoreError:
        raise
    except Exception as fault:  # noqa: BLE001 - the one place (see the module's docstring)
        _log.exception("failed on %s", on)
        return Fault(words=f"{type(fault).__name__}: {fault}"[:300])
