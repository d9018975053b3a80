"""How worker processes are started and limited. Imports no stage, so that a worker loads what it needs and nothing else."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import sys
import time
from multiprocessing.context import BaseContext

if sys.platform != "win32":
    import resource


_M_ARENA_MAX = -8
"""malloc.h of glibc."""


def make_context(*, many: bool) -> BaseContext:
    """A way to start workers that has no threads of ours in it.

    Many workers of one kind come from a server process that has loaded the parsers once and shares them. For one or two that
    server would cost more memory than it saves (57 MB), and each is started by itself.
    """
    if not many or sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["stemma.extract.article"])
    return context


def limit_computing(seconds: int) -> None:
    """From now on this process may compute for so long; then the system ends it (SIGXCPU). Called again, it is from then on."""
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + seconds, most))


_YOUNG = 10_000


def collect_seldom() -> None:
    """The collector of cycles looks after ten thousand new objects and not after seven hundred: articles make many that stay,
    and hardly a cycle. It walked all that is loaded for a tenth of what a page costs (bench/speed/pipeline.py).
    """
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


def share_memory_among_threads() -> None:
    """One heap for all threads of this process: a heap for each, as glibc has it, keeps what its thread freed. Before threads."""
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, 1)


def give_back_memory() -> None:
    """Memory that was freed goes back to the system, where its C library keeps it for itself: 27 MB after a review."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
