"""A store of invented articles as the newsroom would have left it, of any size, made fast.

    python bench/speed/filling.py HOME --articles 1000000      about 6 kB of disk an article

Rows go in directly, indexes are made at the end. Sizes are those of real news pages (bench/speed/pipeline.py): 380 words,
4 quotations and 4 figures an article; stories of one to forty articles that lie among one another in time, every fifth
in a thread; words by Zipf's law, so that some stand in nearly all texts. All of it is made up here.
"""

from __future__ import annotations

import argparse
import math
import random
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from stemma.store import open_store
from stemma.store.spelling import space_out

START = datetime(2029, 1, 1, tzinfo=UTC)
DAYS = 870
SYLLABLES = ["ba", "be", "bi", "bo", "da", "de", "di", "do", "fa", "fe", "ga", "ge", "ka", "ke", "ki", "ko", "la", "le", "li", "lo", "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "pa", "pe", "ra", "re", "ri", "ro", "sa", "se", "ta", "te", "ti", "to", "va", "ve"]  # fmt: skip
HAN = "京都港口市长桥天气选举经济学校医院新闻国际今日开放关闭北南东西山水火车公司政府报告数字人民海江河"
SECTIONS = ["City", "World", "Sport", "Business", "Culture", None]
LANGUAGES = ["en", "en", "en", "de", "fr", "es"]
BLOCK = 2_000
"""Articles whose stories lie among one another; one transaction."""
POOL = 4_000_000
SENTENCES = 300_000
"""Words and sentences that texts are drawn from: each sentence stands in seventy texts of a million."""


@dataclass(slots=True)
class World:
    """What texts are made of."""

    dice: random.Random = field(default_factory=lambda: random.Random(7))
    words: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    pool: list[int] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        dice = self.dice
        words = {
            "".join(dice.choices(SYLLABLES, k=dice.choice((1, 2, 2, 3, 3, 3, 4, 4)))) for _ in range(90_000)
        }
        self.words = sorted(words)
        dice.shuffle(self.words)
        names = [word.capitalize() for word in self.words if len(word) > 4]
        self.outlets = [
            f"The {a} {b}" for a in dice.sample(names, 500) for b in ("Post", "Times", "Herald", "Echo")
        ]
        self.people = [f"{a} {b}" for a, b in zip(dice.choices(names, k=60_000), dice.choices(names, k=60_000), strict=True)]  # fmt: skip
        weights = 1 / (np.arange(len(self.words)) + 3.0)
        made = np.random.default_rng(7).choice(len(self.words), size=POOL, p=weights / weights.sum())
        self.pool = made.tolist()
        self.sentences = [" ".join(self.say(dice.randint(12, 22))).capitalize() for _ in range(SENTENCES)]

    def say(self, count: int) -> list[str]:
        """So many words in a row."""
        at = self.dice.randrange(POOL - count)
        return [self.words[i] for i in self.pool[at : at + count]]

    def write(self) -> tuple[str, list[tuple[int, int, str]], list[tuple[int, int]]]:
        """A text of about 380 words with the places of its quotations (and speakers) and of its figures."""
        dice, parts, at = self.dice, [], 0
        quotes: list[tuple[int, int, str]] = []
        figures: list[tuple[int, int]] = []
        for n, line in enumerate(dice.choices(self.sentences, k=dice.randint(16, 28))):
            if n % 5 == 2:
                speaker = self.person()
                quotes.append((at, at + len(line) + 2, speaker))
                line = f"“{line}”, said {speaker}"
            elif n % 5 == 4:
                number = str(int(2 + dice.random() * 9_999))
                figures.append((at + len(line) + 1, at + len(line) + 1 + len(number)))
                line = f"{line} {number} people"
            line += ".\n\n" if n % 3 == 2 else ". "
            parts.append(line)
            at += len(line)
        return "".join(parts).rstrip(), quotes, figures

    def person(self) -> str:
        """Some are quoted far more than others."""
        return self.people[int(len(self.people) * self.dice.random() ** 3)]


@dataclass(frozen=True, slots=True)
class Made:
    """An article whose text is done."""

    number: int
    story: int
    text: str
    quotes: list[tuple[int, int, str]]
    figures: list[tuple[int, int]]


class Filling:
    """One store being filled: rows by table, written block by block."""

    def __init__(self, connection: sqlite3.Connection, articles: int) -> None:
        self._connection = connection
        self._articles = articles
        self._world = World()
        self._rows: dict[str, list[Sequence[object]]] = {}
        self._story = self._copy = self._comparison = self._sentence = self._entry = 0
        self._threads: set[int] = set()

    def fill(self) -> Iterator[int]:
        """Gives the articles that are there after each block."""
        cursor = self._connection.cursor()
        indexes = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()  # fmt: skip
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("INSERT INTO searched_words(searched_words, rank) VALUES ('hashsize', 67108864)")
        self._connection.commit()
        for first in range(1, self._articles + 1, BLOCK):
            size = min(BLOCK, self._articles - first + 1)
            self._block(first, size)
            cursor.execute("BEGIN")
            for statement, rows in self._rows.items():
                cursor.executemany(statement, rows)
            self._connection.commit()
            self._rows.clear()
            yield first + size - 1
        cursor.execute("INSERT INTO searched_words(searched_words, rank) VALUES ('hashsize', 1048576)")
        for _, sql in indexes:
            cursor.execute(sql)
        self._deny(cursor)
        cursor.execute("ANALYZE")
        self._connection.commit()

    def _block(self, first: int, size: int) -> None:
        """Stories of one to forty articles, shuffled among one another."""
        dice = self._world.dice
        stories: list[int] = []
        while len(stories) < size:
            self._story += 1
            stories += [self._story] * (1 if dice.random() < 0.6 else dice.randint(2, 40))
        stories = stories[:size]
        dice.shuffle(stories)
        members: dict[int, list[Made]] = {}
        for number, story in enumerate(stories, first):
            made = Made(number, story, *self._world.write())
            if dice.random() < 0.02:
                made = Made(number, story, "".join(dice.choices(HAN, k=700)), [], [])
            self._article(made)
            members.setdefault(story, []).append(made)
        for story, held in sorted(members.items()):
            self._add_story(story, held)

    def _article(self, made: Made) -> None:
        world, n = self._world, made.number
        dice = world.dice
        at = self._moment(n)
        day, moment = at.date().isoformat(), at.isoformat()
        outlet = dice.choice(world.outlets)
        url = f"https://{outlet.replace(' ', '').lower()}.example/{day.replace('-', '/')}/{n}"
        chinese = not made.text.isascii() and "。" not in made.text and made.text[0] in HAN
        title = made.text[:14] if chinese else dice.choice(world.sentences)[:60].rsplit(" ", 1)[0]
        self._add("article", ("id", "key", "url", "outlet", "first_seen", "read_at", "revision"), (n, f"url {url}", url, outlet, moment, moment, 1))  # fmt: skip
        self._add(
            "revision",
            ("id", "article", "number", "digest", "title", "text", "source_url", "agency", "byline", "section", "genre", "language", "stated", "earliest", "latest", "basis", "clues", "images", "embedded", "found"),
            (n, n, 1, f"{n:064x}", title, made.text, url, "Reuters" if n % 9 == 0 else None, f'["{world.person()}"]', dice.choice(SECTIONS), "news", "zh" if chinese else dice.choice(LANGUAGES), day if n % 10 else None, day, day, '["json-ld", "meta"]', f'[["json-ld", "{moment}", "{day}", "{day}"], ["meta", "{moment}", "{day}", "{day}"]]', f'[["{url}.jpg", "{title}", "Photo"]]', f'[["{title}", null, "{url}", null, ""], ["{title} more", null, "{url}", null, ""]]', '[["outlet", "meta og:site_name"], ["title", "h1"], ["byline", "json-ld author"], ["url", "link canonical"], ["text", "blocks"]]'),
        )  # fmt: skip
        self._add("page", ("digest", "name", "url", "read_at", "article"), (f"{n:064x}", f"pages.jsonl#{n}", url, moment, n))  # fmt: skip
        signs = space_out(f"{title}\n{made.text}") if chinese else ""
        self._add("searched_words", ("rowid", "title", "text"), (n, title, f"{made.text}\n{signs}" if signs else made.text))  # fmt: skip
        for start, end, speaker in made.quotes:
            self._add("quote", ("article", "start", "end", "pieces", "kind", "speaker", "speaker_start", "speaker_end", "cue", "cue_start", "cue_end"), (n, start, end, f"[[{start}, {end}]]", "direct", speaker, end + 7, end + 7 + len(speaker), "said", end + 2, end + 6))  # fmt: skip
        for start, end in made.figures:
            self._add("figure", ("article", "start", "end", "low", "high", "of", "qualifier"), (n, start, end, float(made.text[start:end]), float(made.text[start:end]), "people", "exact"))  # fmt: skip

    def _add_story(self, story: int, held: list[Made]) -> None:
        dice, first, thread = self._world.dice, held[0], None
        if story % 5 == 0:
            thread = story // 60 + 1
            if thread not in self._threads:
                self._threads.add(thread)
                self._add("thread", ("id", "key", "stale"), (thread, f"t{thread}", 0))
                self._entries(thread, held)
        title = first.text[:70].rsplit(" ", 1)[0]
        voices = min(len(held), int(dice.paretovariate(1.1)))
        self._add("story", ("id", "key", "thread", "title", "title_from", "newsrooms", "size", "stale", "weight", "day"), (story, f"s{story}", thread, title, first.number, voices, len(held), 0, math.log2(voices), self._moment(held[-1].number).toordinal()))  # fmt: skip
        for made in held:
            self._add("member", ("article", "story", "placed", "opened", "score", "why"), (made.number, story, f"s{story}", made is first, 0.5, '["names: ella, marrant", "words: bridge, council, mayor", "figures: 275, 60"]'))  # fmt: skip
        self._sentences("story", story, held[:5])
        for made in held[1::2]:
            self._copy += 1
            self._add("copy", ("id", "child", "parent", "kind", "direction", "containment", "confidence", "evidence"), (self._copy, made.number, first.number, "edited", "decided", 0.9, 0.9, '["shared runs"]'))  # fmt: skip
            for (start, end, _), kind in zip(made.quotes, ("quote", "name", "added"), strict=False):
                self._add("change", ("copy", "kind", "detail", "child_start", "child_end", "parent_start", "parent_end"), (self._copy, kind, None, start, end, 0, 90))  # fmt: skip
        counted = [made for made in held if made.figures]
        for at in range(0, min(len(counted) - 3, 12), 4):
            self._comparison += 1
            self._add("comparison", ("id", "story", "about", "relation"), (self._comparison, story, "people", "agree" if at else "contradiction"))  # fmt: skip
            for made in counted[at : at + 4]:
                start, end = made.figures[0]
                self._add("compared_value", ("comparison", "article", "start", "end", "low", "high"), (self._comparison, made.number, start, end, float(made.text[start:end]), float(made.text[start:end])))  # fmt: skip

    def _moment(self, number: int) -> datetime:
        """When an article came: evenly over the days."""
        return START + timedelta(seconds=number * DAYS * 86_400 // self._articles)

    def _entries(self, thread: int, held: list[Made]) -> None:
        for n, made in enumerate(held[:6]):
            self._entry += 1
            self._add("entry", ("id", "thread", "date", "precision"), (self._entry, thread, f"2029-0{n + 1}-15", "day"))  # fmt: skip
            self._sentences("entry", self._entry, [made])

    def _sentences(self, owner: str, number: int, held: Iterable[Made]) -> None:
        for made in held:
            self._sentence += 1
            words = made.text[:160].split(". ")[0]
            self._add("sentence", ("id", owner, "text", "added"), (self._sentence, number, words, "[]"))
            self._add("citation", ("sentence", "article", "start", "end"), (self._sentence, made.number, 0, len(words)))  # fmt: skip

    def _deny(self, cursor: sqlite3.Cursor) -> None:
        """What owners asked to have withheld: articles, outlets, addresses."""
        world = self._world
        rows = [("article", str(world.dice.randint(1, self._articles))) for _ in range(150)]
        rows += [("outlet", outlet) for outlet in world.dice.sample(world.outlets, 10)]
        rows += [("address", f"https://withheld{n}.example/") for n in range(40)]
        cursor.executemany("INSERT OR IGNORE INTO denied(kind, value, reason, since) VALUES (?, ?, 'asked for', '2031-01-01')", rows)  # fmt: skip

    def _add(self, table: str, columns: Sequence[str], row: Sequence[object]) -> None:
        named = ", ".join(f'"{column}"' for column in columns)
        statement = f'INSERT INTO "{table}"({named}) VALUES ({", ".join("?" * len(columns))})'
        self._rows.setdefault(statement, []).append(row)


def fill(home: Path, articles: int, *, show: bool = True) -> Path:
    """The store of that many articles below `home`; made where it is not there yet."""
    path = home / "stemma.db"
    store = open_store(path)
    held = store.count_articles()
    store.close()
    if held >= articles:
        return path
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (
        "synchronous=OFF",
        "journal_mode=OFF",
        "cache_size=-1000000",
        "foreign_keys=OFF",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    started = time.monotonic()
    for done in Filling(connection, articles).fill():
        if show and done % 20_000 == 0:
            print(f"{done:,} of {articles:,} articles, {time.monotonic() - started:.0f} s", flush=True)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    store = open_store(path)
    store.mark_withheld_stale()  # counts everything anew
    store.close()
    return path


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    path = fill(options.home, options.articles)
    print(f"{path.stat().st_size / 1e9:.1f} GB")


if __name__ == "__main__":
    main()
