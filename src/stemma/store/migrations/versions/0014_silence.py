"""A source remembers when it last had something new, so that its silence can be told."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("source", sa.Column("last_new", sa.Text))
