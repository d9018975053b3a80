"""Who copied whom, and what the copy changed.

Takes an article and the ones before it (`LineageIndex`) or all at once (`judge_copies`), gives `Copy` edges with their
changes and evidence. Never decides on stories, reads no clock and no table. The newsroom stores the edges; the portal
draws them.
"""

from stemma.lineage.final import judge_copies
from stemma.lineage.index import LineageIndex

__all__ = ["LineageIndex", "judge_copies"]
