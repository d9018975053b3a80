"""What is remembered of words is what the function says, and does not grow without end."""

from __future__ import annotations

import pytest

from stemma.text import remembered
from stemma.text.remembered import Remembered


def test_a_word_is_asked_for_once() -> None:
    """The second look-up of a word asks nobody."""
    asked: list[str] = []
    lengths = Remembered(lambda word: asked.append(word) or len(word))
    assert [lengths["bridge"], lengths["dam"], lengths["bridge"]] == [6, 3, 6]
    assert asked == ["bridge", "dam"]


def test_all_is_let_go_when_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many words come, no more than the most are held, and each answer stays right."""
    monkeypatch.setattr(remembered, "MOST", 3)
    lengths = Remembered(len)
    for size in range(1, 20):
        assert lengths["a" * size] == size
        assert len(lengths) <= 3
