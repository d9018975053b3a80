"""Serves a store of its own with texts in five scripts until a signal; a number written to it lets the story of that number grow.

Writes its address. For journeys that need what a reader over views cannot give: search, and news that come while a page is open.
"""

import sys
import tempfile
import threading
from datetime import UTC, date, datetime
from pathlib import Path

from stemma.serve import create_app, live, serve
from stemma.store import open_store
from stemma.store.effects import ArticleAdded, StoryEdited
from stemma.types import Article, ArticleId, Brief, Placement, Published, StoryId

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
DAY = date(2031, 5, 13)
TEXTS = (
    ("en", "Ferry service over the Tannet begins", "The ferry between the two banks of the Tannet began on Monday. Captain Ella Borg said that it would run every hour."),
    ("uk", "У Кленівці відкрили новий міст", "У Кленівці в понеділок відкрили новий міст через річку. Мер Остап Гайовий сказав, що мостом уже їздять автобуси."),
    ("ar", "افتتاح مكتبة جديدة في المدينة", "افتتحت البلدية يوم الاثنين مكتبة جديدة قرب الميناء. وقالت المديرة إن المكتبة ستفتح أبوابها كل يوم."),
    ("zh", "北河市新图书馆开放", "北河市新图书馆星期一开放。馆长说，图书馆每天开放到晚上九点。"),
    ("ja", "東浜駅の改修が始まる", "東浜駅の改修工事が月曜日に始まった。駅長は工事が来年の春まで続くと話した。"),
)  # fmt: skip


def make_article(number: int, *, story: int, language: str, title: str, text: str) -> ArticleAdded:
    ident = ArticleId(str(number))
    return ArticleAdded(
        number=number,
        key=f"key {number}",
        digest=f"digest {number}",
        article=Article(
            id=ident,
            title=title,
            text=text,
            outlet=f"Outlet {number}",
            language=language,
            published=Published(stated=DAY.isoformat(), earliest=DAY, latest=DAY, basis=("meta",)),
        ),
        fetched=None,
        read_at=NOW,
        placement=Placement(
            article=ident, story=StoryId(f"s-{story}"), opened=True, score=0.5, evidence=("names: Tannet",)
        ),
        copies=(),
        quotes=(),
        figures=(),
    )


def edit(number: int, articles: tuple[int, ...]) -> StoryEdited:
    nothing = Brief(title=None, title_from=None, sentences=())
    voices = tuple((article,) for article in articles)
    return StoryEdited(number=number, copies=None, comparisons=(), brief=nothing, voices=voices)


def grow(store) -> None:
    number = len(TEXTS)
    for line in sys.stdin:
        story, number = int(line), number + 1
        language, title, text = TEXTS[story - 1]
        store.apply([make_article(number, story=story, language=language, title=f"{title} (2)", text=f"{text} More came later.")])  # fmt: skip


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    live.PAUSE = 0.2
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stemma.db"
        store = open_store(path)
        for number, (language, title, text) in enumerate(TEXTS, 1):
            store.apply([make_article(number, story=number, language=language, title=title, text=text)])
            store.apply([edit(number, (number,))])
        threading.Thread(target=grow, args=(open_store(path),), daemon=True).start()
        serve(create_app(store, private=True), host="127.0.0.1", port=0, announce=say)


if __name__ == "__main__":
    main()
