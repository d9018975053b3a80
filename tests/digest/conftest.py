"""Invented articles of one affair, and the check that every digest must pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from stemma.types import Article, ArticleId, CitedSentence, Published

Make = Callable[..., Article]
Check = Callable[[Sequence[CitedSentence], Sequence[Article]], None]


@pytest.fixture
def make() -> Make:
    """Builds an article from an id, a text and, where known, its day."""

    def build(ident: str, text: str, *, day: str | None = None, **more: Any) -> Article:
        when = date.fromisoformat(day) if day else None
        published = Published(stated=day, earliest=when, latest=when)
        more.setdefault("language", "en")
        more.setdefault("published", published)
        return Article(id=ArticleId(ident), text=text, **more)

    return build


@pytest.fixture
def check_cited() -> Check:
    """Every word of a sentence that is not marked as added stands in a cited span that exists."""

    def check(sentences: Sequence[CitedSentence], articles: Sequence[Article]) -> None:
        texts = {a.id: a.text for a in articles}
        for sentence in sentences:
            assert sentence.citations
            for span in sentence.citations:
                assert 0 <= span.start < span.end <= len(texts[span.article])
            own = sentence.text
            for added in sorted(sentence.added, key=lambda a: -a.start):
                assert 0 <= added.start < added.end <= len(own)
                own = own[: added.start] + own[added.end :]
            cited = " ".join(texts[s.article][s.start : s.end] for s in sentence.citations)
            assert set(re.findall(r"\w+", own)) <= set(re.findall(r"\w+", cited))

    return check
