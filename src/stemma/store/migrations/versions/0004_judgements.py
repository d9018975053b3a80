"""Each revision keeps when it was read and what it changed against the one before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("revision", sa.Column("fetched", sa.Text()))
    op.add_column("revision", sa.Column("read_at", sa.Text()))
    op.add_column("revision", sa.Column("substantive", sa.Boolean()))
    op.add_column("revision", sa.Column("changes", sa.JSON()))
    op.add_column("revision", sa.Column("announced", sa.JSON()))
