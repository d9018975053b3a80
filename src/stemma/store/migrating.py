"""From an older form of the store to today's, or from nothing: Alembic over the folder `migrations`."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from stemma.errors import StoreVersionError
from stemma.store.tallies import recount

_COUNTED = "0009"
"""The form since which articles are counted when they come: what an older store has is counted once."""


def bring_up(engine: Engine, path: Path, *, version: str | None) -> None:
    """Migrates from `version`. Raises `StoreVersionError` where a newer Stemma made it."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StoreVersionError(f"{path} was made by a newer Stemma (form {version}); please update")
    with engine.connect().execution_options(stemma_writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if version is not None and version < _COUNTED:
            recount(connection)
