"""Where equal numbers that lie side by side begin: what sums and bests over groups start from."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def mark_starts(ordered: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """For each number whether it differs from the one before it; true for the first."""
    new = np.empty(len(ordered), dtype=np.bool_)
    new[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new


def find_starts(ordered: npt.NDArray[Any]) -> npt.NDArray[np.intp]:
    """The places of the numbers that differ from the one before them."""
    return mark_starts(ordered).nonzero()[0]
