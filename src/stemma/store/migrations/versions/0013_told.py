"""An article without a day of its own keeps the interval that its story allows."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("member", sa.Column("told", sa.JSON))
