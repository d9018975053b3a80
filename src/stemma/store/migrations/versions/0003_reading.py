"""Lists by day, language, section and agency are read off indexes; signs of scripts without spaces are searched."""

import sqlalchemy as sa
from alembic import op

from stemma.store.spelling import space_out

revision = "0003"
down_revision = "0002"

_BATCH = 500


def upgrade() -> None:
    op.create_index("ix_revision_earliest", "revision", ["earliest", "article"])
    op.create_index("ix_revision_language", "revision", ["language", "earliest", "article"])
    op.create_index("ix_revision_section", "revision", ["section", "earliest", "article"])
    op.create_index("ix_revision_agency", "revision", ["agency"])
    if op.get_bind().dialect.name == "sqlite":
        _index_again(op.get_bind())


def _index_again(connection: sa.Connection) -> None:
    """The search index is made anew: until now it held clauses of Han or Thai as single words."""
    connection.execute(sa.text("INSERT INTO searched_words(searched_words) VALUES ('delete-all')"))
    last = 0
    while rows := connection.execute(
        sa.text("SELECT id, title, text FROM searched WHERE id > :last ORDER BY id LIMIT :batch"),
        {"last": last, "batch": _BATCH},
    ).all():
        last = rows[-1].id
        for row in rows:
            signs = space_out(f"{row.title or ''}\n{row.text}")
            words = f"{row.text}\n{signs}" if signs else row.text
            connection.execute(
                sa.text("INSERT INTO searched_words(rowid, title, text) VALUES (:id, :title, :text)"),
                {"id": row.id, "title": row.title, "text": words},
            )
