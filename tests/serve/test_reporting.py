"""What a reader reports as wrong: what is taken, from whom, and how much."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from stemma.errors import StoreFullError
from stemma.serve import create_app, reporting

FORM = re.compile(r'name="token" value="([^"]+)"')


def find_token(client: TestClient, story: int = 1) -> str:
    found = FORM.search(client.get(f"/report?story={story}").text)
    assert found
    return found[1]


def send(client: TestClient, headers: dict[str, str] | None = None, **values: str) -> Any:
    body = {"story": "1", "token": find_token(client), "words": "The day is wrong.", **values}
    return client.post("/report", data=body, headers=headers or {})


def test_report_is_kept_as_written(client: TestClient, shelf: Any) -> None:
    """The words and the address are kept with the story; an empty address is none; markup stays text."""
    assert send(client, words="<b>3</b> & 4 is wrong", reply_to="a@b.example").status_code == 200
    assert send(client).status_code == 200
    assert shelf.reports == [(1, "<b>3</b> & 4 is wrong", "a@b.example"), (1, "The day is wrong.", None)]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
    ],
)
def test_other_sites_cannot_send(client: TestClient, shelf: Any, headers: dict[str, str]) -> None:
    """What a browser says comes from another site is refused, with our own token too."""
    assert send(client, headers).status_code == 403
    assert shelf.reports == []


@pytest.mark.parametrize("token", ["", "x", "1.2", "999999999999999.aa", "0." + "0" * 64])
def test_token_has_to_be_ours(client: TestClient, shelf: Any, token: str) -> None:
    """Without a token of this portal, and of this story, nothing is kept, and the words are still in the form."""
    answer = send(client, token=token, words="Keep <these> words")
    assert answer.status_code == 403
    assert "Keep &lt;these&gt; words" in answer.text
    shelf.stories = {**shelf.stories, 2: replace(shelf.stories[1], story=2)}
    assert send(client, token=find_token(client, 2)).status_code == 403
    assert shelf.reports == []


def test_no_more_than_so_many_an_hour(
    client: TestClient, shelf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When an hour's reports are taken, the next is refused with its words kept in the form."""
    monkeypatch.setattr(reporting, "MOST_AN_HOUR", 2)
    assert [send(client).status_code for _ in range(3)] == [200, 200, 429]
    assert len(shelf.reports) == 2


def test_nothing_to_report_is_said(client: TestClient, shelf: Any) -> None:
    """A form without words, and one for a story that is not there."""
    assert send(client, words=" \x00 ").status_code == 400
    assert send(client, story="999").status_code == 404
    assert client.get("/report").status_code == 404
    assert shelf.reports == []


def test_huge_forms_are_cut(client: TestClient, shelf: Any) -> None:
    """A form far longer than ours costs no more than ours."""
    assert send(client, words="wrong " * 100_000).status_code in (200, 403, 404)
    assert all(len(words) <= reporting.LONGEST_WORDS for _, words, _ in shelf.reports)


def test_full_is_said(shelf: Any) -> None:
    """Where the store takes no more, the reader is told to come again."""

    def refuse(**_: object) -> int:
        raise StoreFullError("full")

    shelf.add_report = refuse
    client = TestClient(create_app(shelf, private=True), base_url="http://127.0.0.1")
    assert send(client).status_code == 503


def test_a_form_of_many_fields_is_refused(client: TestClient, shelf: Any) -> None:
    """What no form of ours sends is no report and no fault of the portal."""
    answer = client.post("/report", data={f"field{n}": "x" for n in range(50)} | {"story": "1"})
    assert answer.status_code == 400
    assert shelf.reports == []
