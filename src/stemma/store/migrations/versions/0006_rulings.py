"""A person's decisions on grouping are kept, and what ties moved articles and linked stories together."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("story", sa.Column("linked", sa.JSON))
    op.add_column("member", sa.Column("moved_why", sa.JSON))
    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ruling"),
        sa.CheckConstraint("kind IN ('merge', 'split')", name="ck_ruling_kind"),
    )
    op.create_table(
        "pin",
        sa.Column("article", sa.Integer, nullable=False),
        sa.Column("story", sa.Integer, nullable=False),
        sa.Column("ruling", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_pin"),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name="fk_pin_article_article", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name="fk_pin_story_story", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ruling"], ["ruling.id"], name="fk_pin_ruling_ruling", ondelete="CASCADE"),
    )
    op.create_index("ix_pin_story", "pin", ["story"])
    op.create_index("ix_pin_ruling", "pin", ["ruling"])
