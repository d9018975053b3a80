"""What the package says to the libraries below it before they are loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_COUNT = """
import os
import stemma.text.tokens
import numpy as np
table = np.ones((600, 600))
table @ table
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted in /proc")
def test_arrays_are_worked_on_by_one_thread() -> None:
    """A process that multiplies arrays has no thread but its own, where the environment does not ask for more."""
    rest = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", _COUNT], env=rest, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == 1
