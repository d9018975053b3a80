"""What an operator is told of grouping as a whole."""

from __future__ import annotations

from stemma.stories import find_alarms
from stemma.types import StoryId


def make_store(*sizes: int) -> dict[StoryId, list[str | None]]:
    return {StoryId(f"s-{k}"): [f"outlet {n}" for n in range(size)] for k, size in enumerate(sizes)}


def unusual(store: dict[StoryId, list[str | None]], merged: int = 0) -> set[str]:
    return {alarm.name for alarm in find_alarms(store, merged=merged) if alarm.unusual}


def test_a_store_as_usual_is_quiet() -> None:
    """Half the stories alone, the others of two to nine articles: no figure is unusual."""
    assert unusual(make_store(*[1] * 50, *[3] * 40, *[9] * 10), merged=6) == set()


def test_each_figure_speaks_for_itself() -> None:
    """All alone, one story that swallows a third, stories of one outlet, and half of all merged: one alarm each."""
    assert unusual(make_store(*[1] * 400)) == {"singletons"}
    assert unusual(make_store(*[1] * 50, *[3] * 50, 100)) == {"largest"}
    alone = {
        ident: ["The Same"] * len(members) for ident, members in make_store(*[1] * 50, *[3] * 60).items()
    }
    assert unusual(alone) == {"one outlet"}  # type: ignore[arg-type]
    assert unusual(make_store(*[1] * 50, *[3] * 60), merged=110) == {"merged"}


def test_few_articles_say_nothing() -> None:
    """A store of a hundred articles gives no figures; unknown outlets count against nobody."""
    assert find_alarms(make_store(*[1] * 100), merged=0) == ()
    unknown: dict[StoryId, list[str | None]] = {
        ident: [None] * len(members) for ident, members in make_store(*[1] * 50, *[3] * 60).items()
    }
    assert unusual(unknown) == set()
