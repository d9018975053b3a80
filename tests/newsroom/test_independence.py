"""Counting independent newsrooms."""

from __future__ import annotations

from stemma.newsroom.independence import find_parents, find_voices
from stemma.types import Article, ArticleId, Copy


def _article(ident: str, **fields: object) -> Article:
    return Article(id=ArticleId(ident), text="x", **fields)  # type: ignore[arg-type]


def _copy(child: str, parent: str | None, *, confidence: float = 0.9, origin: str | None = None) -> Copy:
    return Copy(
        child=ArticleId(child),
        parent=ArticleId(parent) if parent else None,
        origin=origin,
        kind="verbatim",
        direction="decided",
        containment=1.0,
        confidence=confidence,
    )


def test_copies_of_one_text_are_one_voice() -> None:
    """A chain of reprints and everything with the same agency or outlet count once."""
    articles = [
        _article("a", outlet="One"),
        _article("b", outlet="Two"),
        _article("c", outlet="Three", agency="WPA"),
        _article("d", outlet="Four", agency="wpa"),
        _article("e", outlet="one"),
        _article("f", outlet="Six"),
    ]
    assert len(find_voices(articles, [_copy("b", "a")])) == 3
    assert len(find_voices(articles, [_copy("b", "a"), _copy("f", None, origin="WPA")])) == 2


def test_comment_is_no_report() -> None:
    """Opinion and press releases add no newsroom, unless there is nothing else."""
    report, comment = _article("a", outlet="One"), _article("b", outlet="Two", genre="opinion")
    assert len(find_voices([report, comment], [])) == 1
    assert len(find_voices([comment], [])) == 1


def test_the_surest_parent_counts() -> None:
    """Of several parents the surest is taken, and none whose direction is open."""
    assert find_parents([_copy("c", "a", confidence=0.5), _copy("c", "b", confidence=0.8)]) == {"c": "b"}
