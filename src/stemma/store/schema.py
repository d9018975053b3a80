"""The tables. Row ids are small and sequential: client programs keep them in a C int.

An article is what stands at one address; its texts are revisions, and everything derived from a text goes with it.
Changed by a migration in `migrations/versions`, never by hand; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _number() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _of(table: str, name: str | None = None, *, optional: bool = False, key: bool = False) -> Column[int]:
    """A reference that goes when its row goes."""
    return Column(
        name or table,
        Integer,
        ForeignKey(f"{table}.id", ondelete="CASCADE"),
        nullable=optional,
        primary_key=key,
    )


# What was read, and how far. Times are ISO 8601 texts in UTC.
page = Table(
    "page",
    metadata,
    _number(),
    Column("digest", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("url", Text),
    Column("fetched", Text),
    Column("read_at", Text, nullable=False),
    Column("article", Integer, ForeignKey("article.id", ondelete="SET NULL"), index=True),
    Column("reason", Text, index=True),
    Column("detail", Text),
)

bookmark = Table(
    "bookmark",
    metadata,
    _number(),
    Column("path", Text, nullable=False, unique=True),
    Column("signature", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
)

article = Table(
    "article",
    metadata,
    _number(),
    Column("key", Text, nullable=False, unique=True),
    Column("url", Text),
    Column("outlet", Text, index=True),
    # When somebody first fetched it, where that is known; read_at is our own clock.
    Column("first_seen", Text),
    Column("read_at", Text, nullable=False),
    # The newest one; 0 where its content was erased: then the row alone remembers that it must not come again.
    Column("revision", Integer, nullable=False),
)

revision = Table(
    "revision",
    metadata,
    _number(),
    _of("article"),
    Column("number", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("source_url", Text),
    Column("agency", Text),
    Column("byline", JSON, nullable=False),
    Column("dateline", Text),
    Column("section", Text),
    Column("genre", Text, nullable=False),
    Column("language", Text),
    # Where the outlet is at home (ISO 3166), NULL where that is not known.
    Column("country", Text),
    Column("stated", Text),
    Column("earliest", Date),
    Column("latest", Date),
    Column("basis", JSON, nullable=False),
    Column("clues", JSON, nullable=False),
    Column("images", JSON, nullable=False),
    Column("embedded", JSON, nullable=False),
    Column("found", JSON, nullable=False),
    # Links out of the text; NULL for texts that were read before they were kept.
    Column("links", JSON),
    # The fetcher's clock and our own; unknown for texts that were read before they were kept.
    Column("fetched", Text),
    Column("read_at", Text),
    # What it changed against the one before; NULL where that was not judged.
    Column("substantive", Boolean),
    Column("changes", JSON),
    Column("announced", JSON),
    UniqueConstraint("article", "number"),
    # Stories by day: with the number no page of the table need be read to tell the newest revision.
    Index("ix_revision_earliest", "earliest", "article", "number"),
    # What lists of stories need of each article: read off here, they need no page of the table, which holds the texts.
    Index(
        "ix_revision_line",
        *("article", "number", "stated", "earliest", "latest", "language", "country", "agency", "section"),
    ),
    Index("ix_revision_title", "article", "number", "title"),
    Index("ix_revision_language", "language", "earliest", "article", "number"),
    Index("ix_revision_country", "country", "earliest", "article", "number"),
    Index("ix_revision_section", "section", "earliest", "article", "number"),
    Index("ix_revision_agency", "agency"),
)

thread = Table(
    "thread",
    metadata,
    _number(),
    Column("key", Text, nullable=False, unique=True),
    Column("stale", Boolean, nullable=False),
    Index("ix_thread_stale", "stale"),
)

story = Table(
    "story",
    metadata,
    _number(),
    Column("key", Text, nullable=False, unique=True),
    Column("thread", Integer, ForeignKey("thread.id", ondelete="SET NULL"), index=True),
    Column("merged_into", Integer, ForeignKey("story.id", ondelete="SET NULL")),
    Column("title", Text, nullable=False),
    Column("title_from", Integer, ForeignKey("article.id", ondelete="SET NULL")),
    Column("newsrooms", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("stale", Boolean, nullable=False),
    # What ties it to the other stories of its thread.
    Column("linked", JSON),
    # Its independent newsrooms, each as its articles.
    Column("voices", JSON),
    # What several of them link, each with the places of the links.
    Column("documents", JSON),
    # Of whom and of where it tells, each with its first place in each newsroom's text.
    Column("names", JSON),
    Column("place", JSON),
    Column("phase", Text),
    # What its newsrooms count on the front page, and its last certain day as an ordinal.
    Column("weight", Float),
    Column("day", Integer),
    Index("ix_story_day", "day"),
    Index("ix_story_rank", "newsrooms", "size"),
    Index("ix_story_stale", "stale"),
)

member = Table(
    "member",
    metadata,
    _of("article", key=True),
    Column("story", Integer, ForeignKey("story.id", ondelete="CASCADE"), nullable=False, index=True),
    # The live decision, kept as it was: after a restart the open stories are built from these again.
    Column("placed", Text, nullable=False),
    Column("opened", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("why", JSON, nullable=False),
    # What ties it to its story where a review or a person put it there.
    Column("moved_why", JSON),
    # When it was published by the other articles of its story, where its page does not say it.
    Column("told", JSON),
)

# A person's decisions on grouping. What they say of an article (`pin`) holds against every review.
ruling = Table(
    "ruling",
    metadata,
    _number(),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    CheckConstraint("kind IN ('merge', 'split')", name="kind"),
)

pin = Table(
    "pin",
    metadata,
    _of("article", key=True),
    Column("story", Integer, ForeignKey("story.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ruling", Integer, ForeignKey("ruling.id", ondelete="CASCADE"), nullable=False, index=True),
)

copy = Table(
    "copy",
    metadata,
    _number(),
    Column("child", Integer, ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("parent", Integer, ForeignKey("article.id", ondelete="CASCADE"), index=True),
    Column("origin", Text),
    Column("kind", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("containment", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("evidence", JSON, nullable=False),
    CheckConstraint("parent IS NOT NULL OR origin IS NOT NULL", name="source"),
)

change = Table(
    "change",
    metadata,
    _number(),
    Column("copy", Integer, ForeignKey("copy.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("detail", Text),
    Column("child_start", Integer),
    Column("child_end", Integer),
    Column("parent_start", Integer),
    Column("parent_end", Integer),
)

quote = Table(
    "quote",
    metadata,
    _number(),
    Column("article", Integer, ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("pieces", JSON, nullable=False),
    Column("kind", Text, nullable=False),
    Column("speaker", Text, index=True),
    Column("speaker_start", Integer),
    Column("speaker_end", Integer),
    Column("cue", Text),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
)

figure = Table(
    "figure",
    metadata,
    _number(),
    Column("article", Integer, ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("low", Float),
    Column("high", Float),
    Column("unit", Text),
    Column("of", Text),
    Column("qualifier", Text, nullable=False),
    Column("place", Text),
    Column("as_of", Text),
    Column("said_by", Text),
)

comparison = Table(
    "comparison",
    metadata,
    _number(),
    Column("story", Integer, ForeignKey("story.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("about", Text, nullable=False),
    Column("relation", Text, nullable=False),
)

compared_value = Table(
    "compared_value",
    metadata,
    _number(),
    Column(
        "comparison", Integer, ForeignKey("comparison.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("article", Integer, ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("low", Float),
    Column("high", Float),
)

entry = Table(
    "entry",
    metadata,
    _number(),
    Column("thread", Integer, ForeignKey("thread.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("date", Text, nullable=False),
    Column("precision", Text, nullable=False),
)

# A cited sentence belongs to the brief of a story or to an entry of a timeline.
sentence = Table(
    "sentence",
    metadata,
    _number(),
    Column("story", Integer, ForeignKey("story.id", ondelete="CASCADE"), index=True),
    Column("entry", Integer, ForeignKey("entry.id", ondelete="CASCADE"), index=True),
    Column("text", Text, nullable=False),
    Column("added", JSON, nullable=False),
    CheckConstraint("(story IS NULL) <> (entry IS NULL)", name="owner"),
)

citation = Table(
    "citation",
    metadata,
    _number(),
    Column("sentence", Integer, ForeignKey("sentence.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("article", Integer, ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

# What is counted when articles come, so that no list counts them when it is read (`tallies.py`). `key` is the folded name.
tally = Table(
    "tally",
    metadata,
    _number(),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("number", Integer, nullable=False),
    UniqueConstraint("kind", "name"),
    Index("ix_tally_number", "kind", "number"),
    Index("ix_tally_key", "kind", "key"),
)

# The words of speakers' names, folded.
tally_word = Table(
    "tally_word",
    metadata,
    Column("word", Text, primary_key=True),
    _of("tally", key=True),
    Index("ix_tally_word_tally", "tally"),
)

# Which stories and threads changed last; `at` counts changes. The story 0 stands for all: the deny list changed.
touched = Table(
    "touched",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Integer, nullable=False, index=True),
    CheckConstraint("kind IN ('story', 'thread')", name="kind"),
)

# What readers report as wrong, until the operator has settled it.
report = Table(
    "report",
    metadata,
    _number(),
    Column("story", Integer, ForeignKey("story.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("reply_to", Text),
    Column("sent", Text, nullable=False),
)

# The one list of what is withheld: an article, an outlet, or all addresses that begin so.
denied = Table(
    "denied",
    metadata,
    _number(),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("since", Text, nullable=False),
    # When its content shall be erased, where that is not left to the rule; and when it was.
    Column("erase_at", Text),
    Column("erased", Text),
    UniqueConstraint("kind", "value"),
    CheckConstraint("kind IN ('article', 'outlet', 'address')", name="kind"),
    # Addresses without a path: see `deny.is_broad`, which has to have these words.
    Index(
        "ix_denied_broad",
        "kind",
        "value",
        sqlite_where=text("kind = 'address' AND instr(substr(value, 9), '/') = 0"),
    ),
)

# What is followed. `host` is host:port; `next_visit` is when it is due.
source = Table(
    "source",
    metadata,
    _number(),
    Column("url", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("title", Text),
    Column("state", Text, nullable=False),
    Column("problem", Text),
    Column("next_visit", Text, nullable=False, index=True),
    Column("interval", Integer, nullable=False),
    Column("rate", Float),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_digest", Text),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Text),
    Column("last_visit", Text),
    Column("last_success", Text),
    Column("last_new", Text),
    Column("moved_to", Text),
    Column("moved_seen", Integer, nullable=False),
    Column("visits", Integer, nullable=False),
    Column("added", Text, nullable=False),
    Index("ix_source_host", "host"),
)

# What sources have: `due` is when to fetch it, NULL when that is done. `key` is its identity over all sources.
candidate = Table(
    "candidate",
    metadata,
    _number(),
    _of("source"),
    Column("key", Text, nullable=False, unique=True),
    Column("url", Text),
    Column("host", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("title", Text),
    Column("text", Text),
    Column("author", Text),
    Column("origin", Text),
    Column("language", Text),
    Column("date", Text),
    Column("found", Text, nullable=False),
    Column("due", Text, index=True),
    Column("leased", Boolean, nullable=False, default=False),
    Column("tries", Integer, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("outcome", Text),
    # Whether the feed's own text stands for the page, which could not be had.
    Column("stood_in", Boolean, nullable=False, default=False),
    Column("article", Integer, ForeignKey("article.id", ondelete="SET NULL"), index=True),
    Index("ix_candidate_source", "source"),
)
