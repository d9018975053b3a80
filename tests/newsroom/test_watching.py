"""The operator is told when grouping as a whole looks unlike itself. Real store, real stages."""

from __future__ import annotations

import logging

import pytest
from tests.newsroom.test_hostile import copies, make_page

from stemma.newsroom.desk import Newsroom
from stemma.newsroom.watching import Watch, find_store_alarms, tell_alarm
from stemma.store import Store
from stemma.stories.alarms import FEWEST


def test_one_text_under_many_names_is_an_alarm(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """Two hundred copies of one text are one story of the whole store: `largest` is unusual, and is told once a day."""
    newsroom = Newsroom(store)
    newsroom.take(copies(FEWEST))
    alarms = {alarm.name: alarm for alarm in find_store_alarms(store)}
    assert alarms["largest"].unusual
    assert tell_alarm(alarms["largest"]).startswith("100% of all articles are in one story")
    watch = Watch(store)
    with caplog.at_level(logging.WARNING, logger="stemma"):
        watch.look()
        watch.look()
    assert sum("in one story" in record.getMessage() for record in caplog.records) == 1


def test_a_small_store_tells_nothing(store: Store) -> None:
    """One article says nothing of grouping."""
    Newsroom(store).take([make_page("one", "Title", "Some words of no importance stand in this text.")])
    assert find_store_alarms(store) == ()
