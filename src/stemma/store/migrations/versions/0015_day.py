"""The last day of a story is kept apart from what its newsrooms count, so that its age is judged when it is shown."""

import math
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.drop_index("ix_story_weight", "story")
    op.add_column("story", sa.Column("day", sa.Integer))
    op.create_index("ix_story_day", "story", ["day"])
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE story SET weight = NULL"))
    found = connection.execute(
        sa.text(
            "SELECT story.id, story.newsrooms, max(revision.earliest) AS day FROM story"
            " JOIN member ON member.story = story.id"
            " JOIN article ON article.id = member.article"
            " JOIN revision ON revision.article = article.id AND revision.number = article.revision"
            " WHERE revision.stated IS NOT NULL AND story.merged_into IS NULL GROUP BY story.id"
        )
    ).all()
    rows = [
        {
            "number": row.id,
            "weight": math.log2(max(1, row.newsrooms)),
            "day": date.fromisoformat(row.day).toordinal(),
        }
        for row in found
        if row.day
    ]
    if rows:
        connection.execute(sa.text("UPDATE story SET weight = :weight, day = :day WHERE id = :number"), rows)
