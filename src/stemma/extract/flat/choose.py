"""Which lines of a flattened page are the article: the best run of lines by a score for each line.

Takes lines, gives their indices; what the other lines are (title, credits, other stories) is decided in `parts`.
"""

from __future__ import annotations

from collections.abc import Sequence

from stemma.extract.flat.lines import Line


def choose_lines(lines: Sequence[Line]) -> list[int]:
    """Indices of the article's lines: the run with the greatest sum of words less a constant for each line.

    The constant (12 words, after Finn, Kushmerick and Smyth's "body text extraction", 2001) is what
    `extract/flat` prefers.
    """
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for n, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, n
        total += len(line.words) - 12
        best = max(best, (total, start, n + 1), key=lambda x: x[0])
    _, first, last = best
    return list(range(first, last))
