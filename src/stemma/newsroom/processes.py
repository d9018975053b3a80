"""How worker processes are started. Imports no stage, so that a worker loads what it needs and nothing else."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing.context import BaseContext


def make_context(*, many: bool) -> BaseContext:
    """A way to start workers that has no threads of ours in it.

    Many workers of one kind come from a server process that has loaded the parsers once and shares them. For one or two that
    server would cost more memory than it saves (57 MB), and each is started by itself.
    """
    if not many or sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["stemma.extract"])
    return context
