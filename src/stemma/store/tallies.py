"""Outlets, agencies, languages and speakers with how many visible articles or quotations each has, counted when they
are added: a list of names that counted a million articles took seconds each time it was read.

Whatever changes what can be seen of an article subtracts what it counts before, and adds what it counts afterwards.
A person is the spellings of one name under one key (`spelling.fold_speaker`), as far as they look like a name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeVar

from sqlalchemy import (
    BindParameter,
    Connection,
    FromClause,
    Select,
    Update,
    bindparam,
    delete,
    func,
    select,
    update,
)

from stemma.store import schema
from stemma.store.among import among
from stemma.store.deny import visible_articles
from stemma.store.gathering import add_rows
from stemma.store.spelling import fold_speaker, looks_like_name

Kind = Literal["outlet", "agency", "language", "country", "speaker", "person", "article", "story"]
ALL = "all"
"""The one name of the kinds "article" and "story"."""
_SOME = 500
"""Articles, or names, of one statement."""
_LONGEST_WORD = 60
T = TypeVar("T")


def count_in(connection: Connection, articles: Iterable[int], *, by: Literal[1, -1]) -> None:
    """Adds (or takes away) what the articles count as they are now; what is withheld counts nothing."""
    counted: Counter[tuple[Kind, str]] = Counter()
    for some in _cut(sorted(set(articles))):
        for row in connection.execute(_articles(), {"numbers": some}):
            counted["article", ALL] += 1
            for kind, name in (
                ("outlet", row.outlet),
                ("agency", row.agency),
                ("language", row.language),
                ("country", row.country),
            ):
                if name:
                    counted[kind, name] += 1  # type: ignore[index]
        for row in connection.execute(_speakers(), {"numbers": some}):
            counted["speaker", row.speaker] += row.quotes
    _change(connection, counted, by=by)


def count_stories(connection: Connection, stories: Iterable[int]) -> int:
    """How many of the stories are there to be seen."""
    return sum(
        connection.execute(_shown(), {"numbers": some}).scalar_one() for some in _cut(sorted(set(stories)))
    )


def add_stories(connection: Connection, more: int) -> None:
    """So many more stories are there to be seen than before."""
    if more:
        _change(connection, Counter({("story", ALL): more}), by=1)


def count_names(connection: Connection, kind: Kind) -> int:
    """How many names of a kind count something."""
    tally = schema.tally
    query = select(func.count()).select_from(tally).where(tally.c.kind == kind, tally.c.number > 0)
    return connection.execute(query).scalar_one()


def recount(connection: Connection) -> None:
    """Counts everything anew: after a migration, and where the deny list came from elsewhere."""
    for table in (schema.tally_word, schema.tally):
        connection.execute(delete(table))
    article, revision, quote, visible = schema.article, schema.revision, schema.quote, visible_articles()
    newest = (revision.c.article == article.c.id) & (revision.c.number == article.c.revision)
    counted: Counter[tuple[Kind, str]] = Counter()
    held = article.c.revision > 0
    counted["article", ALL] = connection.execute(
        select(func.count()).select_from(article).where(held)
    ).scalar_one()
    queries: tuple[tuple[Kind, Select[Any]], ...] = (
        ("outlet", select(article.c.outlet, func.count()).where(held).group_by(article.c.outlet)),
        ("agency", select(revision.c.agency, func.count()).join(article, newest).group_by(revision.c.agency)),
        ("language", select(revision.c.language, func.count()).join(article, newest).group_by(revision.c.language)),
        ("country", select(revision.c.country, func.count()).join(article, newest).group_by(revision.c.country)),
        ("speaker", select(quote.c.speaker, func.count()).group_by(quote.c.speaker)),
    )  # fmt: skip
    for kind, query in queries:
        for name, number in connection.execute(query):
            if name:
                counted[kind, name] += number
    withheld = connection.execute(
        select(article.c.id).where(held, article.c.id.not_in(select(visible.c.id)))
    ).scalars()
    for some in _cut(withheld.all()):
        for row in connection.execute(_articles(of=article), {"numbers": some}):
            counted["article", ALL] -= 1
            for name_of, name in (
                ("outlet", row.outlet),
                ("agency", row.agency),
                ("language", row.language),
                ("country", row.country),
            ):
                if name:
                    counted[name_of, name] -= 1  # type: ignore[index]
        for row in connection.execute(_speakers(of=article), {"numbers": some}):
            counted["speaker", row.speaker] -= row.quotes
    _change(connection, counted, by=1)
    add_stories(
        connection, count_stories(connection, connection.execute(select(schema.story.c.id)).scalars().all())
    )


def forget_uncounted(connection: Connection) -> None:
    """Names that nothing visible has any more are kept no longer: somebody's words may be all that had them."""
    connection.execute(delete(schema.tally).where(schema.tally.c.number <= 0))


def find_ranked(connection: Connection, kind: Kind, *, limit: int, offset: int) -> list[tuple[str, int]]:
    """Names of a kind with their numbers, most first."""
    tally = schema.tally
    query = (
        select(tally.c.name, tally.c.number)
        .where(tally.c.kind == kind, tally.c.number > 0)
        .order_by(tally.c.number.desc(), tally.c.name)
        .limit(limit)
        .offset(offset)
    )
    return [(row.name, row.number) for row in connection.execute(query)]


def find_number(connection: Connection, kind: Kind, name: str) -> int:
    """What is counted under a name."""
    tally = schema.tally
    query = select(tally.c.number).where(tally.c.kind == kind, tally.c.name == name)
    return connection.execute(query).scalar() or 0


def find_names_with(connection: Connection, kind: Kind, words: str) -> tuple[str, ...]:
    """The names that hold the words as they stand, in any case of letters."""
    return tuple(connection.execute(_names_with(), {"kind": kind, "words": words.casefold()}).scalars())


def find_tags(connection: Connection, languages: Iterable[str]) -> list[str]:
    """The languages as articles name them: "pt" is "pt", "pt-BR" and "pt-PT"."""
    wanted = set(languages)
    tags = connection.execute(_names_with(), {"kind": "language", "words": ""}).scalars()
    return [tag for tag in tags if tag.partition("-")[0] in wanted]


def find_spellings(connection: Connection, keys: Sequence[str]) -> Mapping[str, Counter[str]]:
    """Speakers as texts spell them, by key, with the number of their quotations."""
    found: dict[str, Counter[str]] = {}
    for row in connection.execute(_spellings(), {"keys": list(keys)}):
        if row.number > 0:
            found.setdefault(row.key, Counter())[row.name] = row.number
    return found


def find_speakers(connection: Connection, words: str) -> tuple[str, ...]:
    """The speakers, as texts spell them, whose names hold all the words, whatever their spelling; most quoted first."""
    wanted = sorted(set(fold_speaker(words).split("-")) - {""}, key=len, reverse=True)
    if not wanted:
        return ()
    tally, word = schema.tally, schema.tally_word
    query = (
        select(tally.c.name)
        .where(tally.c.number > 0)
        .order_by(tally.c.number.desc(), tally.c.name)
    )  # fmt: skip
    for part in wanted:
        query = query.where(tally.c.id.in_(select(word.c.tally).where(word.c.word == part[:_LONGEST_WORD])))
    return tuple(connection.execute(query).scalars())


# ---------------------------------------------------------------- parts


@cache
def _names_with() -> Select[Any]:
    tally = schema.tally
    held = func.instr(tally.c.key, bindparam("words")) > 0
    return select(tally.c.name).where(tally.c.kind == bindparam("kind"), held)


@cache
def _spellings() -> Select[Any]:
    tally = schema.tally
    columns = (tally.c.key, tally.c.name, tally.c.number)
    return select(*columns).where(tally.c.kind == "speaker", among(tally.c.key, "keys"))


def _change(connection: Connection, counted: Counter[tuple[Kind, str]], *, by: int) -> None:
    """Adds numbers to names; a name that was not there is written with its key and the words of it."""
    by_kind: dict[Kind, Counter[str]] = defaultdict(Counter)
    for (kind, name), number in counted.items():
        by_kind[kind][name] += number * by
        if kind == "speaker" and looks_like_name(name) and (key := fold_speaker(name)):
            by_kind["person"][key] += number * by
    changed: list[dict[str, int]] = []
    fresh: list[tuple[Kind, str, int]] = []
    for kind, numbers in by_kind.items():
        known: dict[str, int] = {}
        for names in _cut(sorted(numbers)):
            rows = connection.execute(_tallies(), {"kind": kind, "names": names})
            known.update((row.name, row.id) for row in rows)
        changed += [{"at": row, "more": numbers[name]} for name, row in known.items()]
        fresh += [(kind, name, number) for name, number in numbers.items() if name not in known]
    if changed:
        connection.execute(_counted(), changed)
    if fresh:
        _add(connection, fresh)


def _add(connection: Connection, fresh: Sequence[tuple[Kind, str, int]]) -> None:
    last = connection.execute(_last()).scalar() or 0
    rows, words = [], []
    for at, (kind, name, number) in enumerate(fresh, last + 1):
        key = fold_speaker(name) if kind == "speaker" else name.casefold()
        rows.append({"id": at, "kind": kind, "name": name, "key": key, "number": number})
        if kind == "speaker":
            words += [{"word": w[:_LONGEST_WORD], "tally": at} for w in sorted(set(key.split("-")) - {""})]
    add_rows(connection, schema.tally, rows)
    add_rows(connection, schema.tally_word, words)


def _cut(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _SOME):
        yield items[start : start + _SOME]


@cache
def _articles(of: FromClause | None = None) -> Select[Any]:
    """Outlet, agency and language of the newest text of each of the `numbers`."""
    articles, revision = visible_articles() if of is None else of, schema.revision
    newest = (revision.c.article == articles.c.id) & (revision.c.number == articles.c.revision)
    query = select(articles.c.outlet, revision.c.agency, revision.c.language, revision.c.country).join(
        revision, newest
    )
    return query.where(among(articles.c.id))


@cache
def _speakers(of: FromClause | None = None) -> Select[Any]:
    """Speakers in the `numbers` with how often each is quoted."""
    articles, quote = visible_articles() if of is None else of, schema.quote
    query = select(quote.c.speaker, func.count().label("quotes")).join(
        articles, articles.c.id == quote.c.article
    )
    return query.where(among(articles.c.id), quote.c.speaker.is_not(None)).group_by(quote.c.speaker)


@cache
def _shown() -> Select[Any]:
    """How many of the `numbers` are stories that are there to be seen."""
    member, story, visible = schema.member, schema.story, visible_articles()
    shown = select(member.c.article).join(visible, visible.c.id == member.c.article)
    shown = shown.where(member.c.story == story.c.id).correlate(story)
    query = select(func.count()).select_from(story)
    return query.where(among(story.c.id), story.c.merged_into.is_(None), shown.exists())


@cache
def _tallies() -> Select[Any]:
    """The rows of the `names` of a kind; not `among` them: a name may hold signs that JSON ends at."""
    tally = schema.tally
    names: BindParameter[Any] = bindparam("names", expanding=True)
    return select(tally.c.name, tally.c.id).where(tally.c.kind == bindparam("kind"), tally.c.name.in_(names))


@cache
def _counted() -> Update:
    tally = schema.tally
    more = tally.c.number + bindparam("more")
    return update(tally).where(tally.c.id == bindparam("at")).values(number=more)


@cache
def _last() -> Select[Any]:
    return select(func.max(schema.tally.c.id))
