"""Lists of stories are read off an index, without the pages that hold the texts."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_index("ix_revision_line", "revision", ["article", "number", "stated", "earliest", "language"])
    if op.get_bind().dialect.name == "sqlite":
        # Where the other indexes have statistics, one without them is not chosen. The limit is in rows of an index.
        op.execute("PRAGMA analysis_limit = 1000")
        op.execute("ANALYZE revision")
