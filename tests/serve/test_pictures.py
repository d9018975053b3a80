"""Pictures on pages: links alone, unless this machine fetches them for a private portal."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from stemma.errors import NotFoundError
from stemma.serve import create_app

JPEG = b"\xff\xd8picture"


class Painted:
    """Answers with one picture, and writes down what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, address: str) -> bytes | None:
        self.asked.append(address)
        return JPEG


def open_portal(shelf: Any, *, private: bool = True) -> tuple[TestClient, Painted]:
    painted = Painted()
    app = create_app(shelf, private=private, pictures=painted)  # type: ignore[arg-type]
    return TestClient(app, base_url="http://127.0.0.1"), painted


def find_pictured(shelf: Any) -> int:
    return next(number for number, view in shelf.articles.items() if any(i.url for i in view.images))


def test_pictures_are_ours(shelf: Any) -> None:
    """Where it is on, a page's pictures have addresses of this portal, and each is that of its article."""
    client, painted = open_portal(shelf)
    article = find_pictured(shelf)
    assert f'src="/picture/{article}/1"' in client.get(f"/article/{article}").text
    answer = client.get(f"/picture/{article}/1")
    assert (answer.content, answer.headers["content-type"]) == (JPEG, "image/jpeg")
    assert painted.asked == [shelf.articles[article].images[0].url]
    assert client.get(f"/picture/{article}/99").status_code == 404
    assert client.get("/picture/9999/1").status_code == 404


def test_withheld_articles_have_no_pictures(shelf: Any) -> None:
    """The article is looked for first: what is withheld is not asked for."""
    client, painted = open_portal(shelf)
    article = find_pictured(shelf)

    def withheld(number: int) -> Any:
        raise NotFoundError("withheld")

    shelf.get_article = withheld
    assert client.get(f"/picture/{article}/1").status_code == 404
    assert painted.asked == []


def test_public_portals_and_portals_as_they_come_load_none(shelf: Any, client: TestClient) -> None:
    """On a public portal it stays off whatever is set; on any it is off where it is not set."""
    article = find_pictured(shelf)
    public, painted = open_portal(shelf, private=False)
    for portal in (public, client):
        assert "<img" not in portal.get(f"/article/{article}").text
        assert portal.get(f"/picture/{article}/1").status_code == 404
    assert painted.asked == []
