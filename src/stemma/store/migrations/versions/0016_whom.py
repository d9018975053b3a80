"""Of whom and of where a story tells."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("story", sa.Column("names", sa.JSON))
    op.add_column("story", sa.Column("place", sa.JSON))
