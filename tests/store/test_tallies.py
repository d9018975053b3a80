"""What is counted when articles come is what counting anew gives, whatever came, changed or was withheld."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.store.test_browse import NOW, added

from stemma.store import Store, open_store, schema, tallies
from stemma.store.effects import ArticleRevised

SPEAKERS = (None, "Ilse Márrant", "ILSE MARRANT", "the fire service", "Петро Коваль", "Bo")
OUTLETS = (None, "Gazette", "Courier")
TEXT = "She said that the bridge would stay open."


def read_tallies(store: Store) -> dict[tuple[str, str], int]:
    """Every name with a number."""
    tally = schema.tally
    with store._reading() as connection:
        rows = connection.execute(select(tally.c.kind, tally.c.name, tally.c.number)).all()
    return {(row.kind, row.name): row.number for row in rows if row.number}


steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "revise", "deny", "allow", "deny outlet", "allow outlet", "deny address"]),
        st.integers(0, 4),
        st.sampled_from(SPEAKERS),
        st.sampled_from(OUTLETS),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_counted_as_it_comes_is_counted_anew(taken: list[tuple[str, int, str | None, str | None]]) -> None:
    """Articles come and are revised, are withheld and allowed in any order; counting anew changes no number."""
    with tempfile.TemporaryDirectory() as folder:
        store, number = open_store(Path(folder) / "a.db"), 0
        for what, which, speaker, outlet in taken:
            if what == "add":
                number += 1
                store.apply([added(number, TEXT, story=which, outlet=outlet, agency="Agency", said="the bridge", speaker=speaker)])  # fmt: skip
                continue
            at = which % number + 1 if number else 0
            if what == "revise" and at:
                new = added(at, TEXT, story=0, outlet=outlet, said="the bridge", speaker=speaker)
                store.apply([ArticleRevised(number=at, digest=f"{len(taken)}", article=replace(new.article, url=f"https://a.example/{at}"), fetched=None, read_at=NOW, judgement=None, quotes=new.quotes, figures=())])  # fmt: skip
            elif what in ("deny", "allow") and at:
                act(store, what, "article", str(at))
            elif what.endswith("outlet") and outlet:
                act(store, what.split()[0], "outlet", outlet)
            elif what == "deny address":
                act(store, "deny", "address", f"https://a.example/{which}")
        as_it_came = read_tallies(store)
        with store._writing() as connection:
            tallies.recount(connection)
        assert read_tallies(store) == as_it_came
        store.close()


def act(store: Store, what: str, kind: str, value: str) -> None:
    if what == "deny":
        store.deny(kind, value, reason="asked for", since=NOW)  # type: ignore[arg-type]
    else:
        store.allow(kind, value)  # type: ignore[arg-type]


def test_speakers_are_found_by_any_words_of_their_names(tmp_path: Path) -> None:
    """All words have to be in the name, in whatever spelling and order; the most quoted comes first."""
    store = open_store(tmp_path / "a.db")
    for number, speaker in enumerate(("Ilse Márrant", "ILSE MARRANT", "ILSE MARRANT", "Ilse Bo"), 1):
        store.apply([added(number, TEXT, story=number, said="the bridge", speaker=speaker)])
    with store._reading() as connection:
        assert tallies.find_speakers(connection, "marrant ilse") == ("ILSE MARRANT", "Ilse Márrant")
        assert tallies.find_speakers(connection, "Ilse") == ("ILSE MARRANT", "Ilse Bo", "Ilse Márrant")
        assert tallies.find_speakers(connection, "mar") == ()
        assert tallies.find_speakers(connection, "…") == ()
    people = store.find_people(limit=9)
    assert [(person.name, person.quotes) for person in people] == [("ILSE MARRANT", 3), ("Ilse Bo", 1)]


def test_an_older_store_is_counted_once(tmp_path: Path) -> None:
    """A store of the form before has its numbers after it is opened."""
    store = open_store(tmp_path / "a.db")
    store.apply([added(1, TEXT, story=1, said="the bridge", speaker="Ilse Bo"), added(2, TEXT, story=2)])
    numbers = read_tallies(store)
    with store._writing() as connection:
        for table in ("tally_word", "tally", "touched", "report"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for column in ("erase_at", "erased"):
            connection.exec_driver_sql(f"ALTER TABLE denied DROP COLUMN {column}")
        for column in (
            "revision DROP COLUMN links",
            "story DROP COLUMN documents",
            "story DROP COLUMN names",
            "story DROP COLUMN place",
            "member DROP COLUMN told",
            "source DROP COLUMN last_new",
        ):
            connection.exec_driver_sql(f"ALTER TABLE {column}")
        connection.exec_driver_sql("DROP INDEX ix_revision_line")
        connection.exec_driver_sql("DROP INDEX ix_revision_title")
        connection.exec_driver_sql(
            "CREATE INDEX ix_revision_line ON revision (article, number, stated, earliest, language)"
        )
        for table, column, index in (
            ("story", "weight", None),
            ("story", "day", "ix_story_day"),
            ("revision", "country", "ix_revision_country"),
        ):
            if index:
                connection.exec_driver_sql(f"DROP INDEX {index}")
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0008'")
    store.close()
    assert read_tallies(open_store(tmp_path / "a.db")) == numbers


def test_changed_names_the_stories_and_their_threads(tmp_path: Path) -> None:
    """What changed since a moment is the stories that took articles; a change of the deny list is one of everything."""
    store = open_store(tmp_path / "a.db")
    store.apply([added(1, TEXT, story=1), added(2, TEXT, story=2)])
    start = store.find_changed(since=0)
    assert (start.stories, start.withheld) == (frozenset({1, 2}), False)
    store.apply([added(3, TEXT, story=2)])
    then = store.find_changed(since=start.at)
    assert then.stories == frozenset({2})
    assert store.find_changed(since=then.at).stories == frozenset()
    store.deny("article", "1", reason="asked for", since=NOW)
    after = store.find_changed(since=then.at)
    assert (after.stories, after.withheld) == (None, True)
