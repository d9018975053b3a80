"""Entries of the deny list that name no path are found at once, however long the list is."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index(
        "ix_denied_broad",
        "denied",
        ["kind", "value"],
        sqlite_where=sa.text("kind = 'address' AND instr(substr(value, 9), '/') = 0"),
    )
