"""The front page's order, where outlets are at home, and what readers report as wrong."""

import math
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_HALF = 2.0
"""As newsroom/weighing.py had it when this form was made; each story has its own as soon as it is edited again."""


def upgrade() -> None:
    op.add_column("story", sa.Column("weight", sa.Float))
    op.create_index("ix_story_weight", "story", ["weight"])
    op.add_column("revision", sa.Column("country", sa.Text))
    op.create_index("ix_revision_country", "revision", ["country", "earliest", "article"])
    op.create_table(
        "report",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("story", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("reply_to", sa.Text),
        sa.Column("sent", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name="fk_report_story_story", ondelete="CASCADE"),
    )
    op.create_index("ix_report_story", "report", ["story"])
    connection = op.get_bind()
    last = connection.execute(
        sa.text(
            "SELECT story.id, story.newsrooms, max(revision.earliest) AS day FROM story"
            " JOIN member ON member.story = story.id"
            " JOIN article ON article.id = member.article"
            " JOIN revision ON revision.article = article.id AND revision.number = article.revision"
            " WHERE revision.stated IS NOT NULL AND story.merged_into IS NULL GROUP BY story.id"
        )
    ).all()
    weights = [
        {
            "number": row.id,
            "weight": math.log2(max(1, row.newsrooms)) + date.fromisoformat(row.day).toordinal() / _HALF,
        }
        for row in last
        if row.day
    ]
    if weights:
        connection.execute(sa.text("UPDATE story SET weight = :weight WHERE id = :number"), weights)
