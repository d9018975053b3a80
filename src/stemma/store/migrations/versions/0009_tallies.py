"""Outlets, agencies, languages and speakers are counted when articles come; what changed last is known by story."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tally"),
        sa.UniqueConstraint("kind", "name", name="uq_tally_kind_name"),
    )
    op.create_index("ix_tally_number", "tally", ["kind", "number"])
    op.create_index("ix_tally_key", "tally", ["kind", "key"])
    op.create_table(
        "tally_word",
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("tally", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("word", "tally", name="pk_tally_word"),
        sa.ForeignKeyConstraint(
            ["tally"], ["tally.id"], name="fk_tally_word_tally_tally", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_tally_word_tally", "tally_word", ["tally"])
    op.create_table(
        "touched",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("kind", "number", name="pk_touched"),
        sa.CheckConstraint("kind IN ('story', 'thread')", name="ck_touched_kind"),
    )
    op.create_index("ix_touched_at", "touched", ["at"])
