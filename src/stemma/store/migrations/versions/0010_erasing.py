"""What is withheld is erased: an entry of the deny list knows when it shall be, and when it was."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("denied", sa.Column("erase_at", sa.Text))
    op.add_column("denied", sa.Column("erased", sa.Text))
