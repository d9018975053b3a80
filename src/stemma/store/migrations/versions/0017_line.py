"""What lists of stories need of an article is read off one index, its last day, country, agency and section too.

Titles have an index of their own: a search looks through some hundred of them.
"""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.drop_index("ix_revision_line", "revision")
    op.create_index(
        "ix_revision_line",
        "revision",
        ["article", "number", "stated", "earliest", "latest", "language", "country", "agency", "section"],
    )
    op.create_index("ix_revision_title", "revision", ["article", "number", "title"])
