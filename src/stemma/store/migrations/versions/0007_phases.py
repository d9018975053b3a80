"""A story keeps which of its articles are one newsroom's voice, and its phase."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("story", sa.Column("voices", sa.JSON))
    op.add_column("story", sa.Column("phase", sa.Text))
