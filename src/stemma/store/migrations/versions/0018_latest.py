"""Lists of stories by day read which revision is an article's newest off their own index, and no page of the table."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    for name in ("earliest", "language", "country", "section"):
        first = [] if name == "earliest" else [name]
        op.drop_index(f"ix_revision_{name}", "revision")
        op.create_index(f"ix_revision_{name}", "revision", [*first, "earliest", "article", "number"])
