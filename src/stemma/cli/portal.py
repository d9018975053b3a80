"""The portal as the settings have it, for the commands that serve one."""

from __future__ import annotations

from functools import partial

from starlette.applications import Starlette

from stemma.config import Settings
from stemma.newsroom.enrolling import make_pictures
from stemma.serve import PageWriters, Reader, create_app
from stemma.store import open_store


def make_portal(settings: Settings, reader: Reader) -> Starlette:
    """The application over an open store; its writers start when it is served."""
    writers = PageWriters(partial(make_writer, settings), settings.writers) if settings.writers else None
    return _make(settings, reader, writers=writers, keep=True)


def make_writer(settings: Settings) -> Starlette:
    """What a process that writes pages runs: the same pages over the same file, none of them kept."""
    return _make(settings, open_store(settings.store), writers=None, keep=False)


def _make(settings: Settings, reader: Reader, *, writers: PageWriters | None, keep: bool) -> Starlette:
    return create_app(
        reader,
        private=settings.private,
        public_url=settings.public_url,
        contact=settings.contact,
        pictures=make_pictures(settings),
        writers=writers,
        keep=keep,
    )
