"""Of whom and of where a story tells: agreement of newsrooms, places of evidence, and silence where nothing bears it out."""

from __future__ import annotations

from dataclasses import replace

from stemma.stories import tell_whom
from stemma.types import Article

from .texts import FERRY, VOTE, make_article


def voices_of(articles: list[Article]) -> list[tuple[str, ...]]:
    return [(article.id,) for article in articles]


def test_names_are_those_that_newsrooms_agree_on() -> None:
    """Each name says how many newsrooms have it, and each place of evidence is that very name in that newsroom's text."""
    articles = [make_article(f"f{k}", *text) for k, text in enumerate(FERRY)]
    names, _ = tell_whom(articles, voices_of(articles))
    told = {name.name: name.newsrooms for name in names}
    assert told["Santa Brisa"] == told["Ilario Venn"] == told["Ostrava Line"] == 3
    assert "Monday" not in told
    texts = {article.id: article.text for article in articles}
    for name in names:
        assert len(name.places) == name.newsrooms
        assert all(texts[p.article][p.start : p.end] in name.name for p in name.places)


def test_a_name_of_one_newsroom_among_several_is_not_told() -> None:
    """What a single report names is no name of the story, and a thousand copies in one voice are one report."""
    articles = [make_article(f"v{k}", *text) for k, text in enumerate(VOTE)]
    strange = replace(
        articles[0], text=articles[0].text + " Jonas Lobholm of Slimtea said so. Jonas Lobholm smiled."
    )
    copies = [replace(strange, id=type(strange.id)(f"c{k}")) for k in range(1000)]
    names, _ = tell_whom([*copies, articles[1]], [tuple(c.id for c in copies), (articles[1].id,)])
    assert "Oda Krell" in {name.name for name in names}
    assert "Jonas Lobholm" not in {name.name for name in names}
    assert all(name.newsrooms == 2 for name in names)


def test_the_place_is_where_newsrooms_agree() -> None:
    """Two of three say where it was; a dateline counts where the text names the place too; one against one is not known."""
    articles = [make_article(f"f{k}", *text) for k, text in enumerate(FERRY)]
    _, place = tell_whom(articles, voices_of(articles))
    assert place is not None
    assert (place.name, place.newsrooms) == ("Calanova", 3)
    elsewhere = replace(articles[1], text=articles[1].text.replace("Calanova", "Orvane"))
    assert tell_whom([articles[0], elsewhere], voices_of(articles[:2]))[1] is None


def test_two_languages_name_one_country_and_one_person() -> None:
    """Spellings and cases of a name are one, and a country is one in every language; a second country in play leaves it open."""
    english = make_article(
        "e",
        "Drones hit Kyiv",
        "Drones hit a depot near Kyiv on Monday, minister Ostap Borodenko said. Borodenko spoke in Kyiv.",
    )
    ukrainian = replace(
        make_article("u", "Дрони влучили в склад", "Дрони влучили в склад, заявив міністр Остап Бороденко."),
        language="uk",
    )
    names, _ = tell_whom([english, ukrainian], [("e",), ("u",)])
    assert [name.newsrooms for name in names] == [2]
    german = replace(
        make_article("d", None, "Ein Streik hat in Belgien die Züge aufgehalten."), language="de"
    )
    other = make_article("b", None, "A strike has stopped the trains in Belgium.")
    _, place = tell_whom([other, german], [("b",), ("d",)])
    assert place is not None
    assert place.newsrooms == 2
    both = replace(german, text=german.text + " Auch nach Frankreich fuhr nichts.")
    neighbour = replace(other, text=other.text + " None went to France.")
    assert tell_whom([neighbour, both], [("b",), ("d",)])[1] is None
