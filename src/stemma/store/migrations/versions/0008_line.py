"""Lists of stories are read off an index, without the pages that hold the texts."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_index("ix_revision_line", "revision", ["article", "number", "stated", "earliest", "language"])
