"""Everything that is kept: SQLite through SQLAlchemy Core, migrations, search, and the deny list.

Takes effects that the newsroom decided, gives views for readers and nouns for stages. Contains no rule of the domain,
and all SQL of the program. Every read passes `deny.py`. Where next: `newsroom` writes, `serve` and `cli` read.
"""

from stemma.store.engine import open_store
from stemma.store.store import Store

__all__ = ["Store", "open_store"]
