"""Links out of an article's text are kept, and what several newsrooms of a story link."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("revision", sa.Column("links", sa.JSON))
    op.add_column("story", sa.Column("documents", sa.JSON))
