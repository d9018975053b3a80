"""Lines to nouns and back."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from stemma.types import Article, Rejected
from stemma.wire import article_line, dump_line, parse_article, parse_line

_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def test_unicode_line_ends_are_escaped() -> None:
    """One object stays one line for readers that cut at U+2028, U+2029 and U+0085 as well."""
    line = dump_line({"id": "a", "text": "one\u2028two\u2029three\x85four\n"})
    assert len(line.splitlines()) == 1
    assert json.loads(line)["text"] == "one\u2028two\u2029three\x85four\n"


@given(
    st.dictionaries(st.sampled_from(["id", "title", "text", "byline", "published", "images", "url"]), _json)
)
def test_any_object_is_an_article_or_a_rejection(line: dict[str, object]) -> None:
    """No line of JSON, whatever its types, is more than a counted rejection; an article survives the way out and in."""
    parsed = parse_line(json.dumps(line), number=7)
    if isinstance(parsed, Rejected):
        assert parsed.id == "line 7"
        return
    article = parse_article(parsed)
    if isinstance(article, Article):
        assert parse_article(json.loads(dump_line(article_line(article)))) == article


def test_an_impossible_day_is_no_day() -> None:
    """A date that cannot be is as good as none, and an interval the wrong way round is unbounded."""
    article = parse_article(
        {
            "id": "a",
            "text": "x",
            "published": "2026-02-30",
            "published_earliest": "2026-02-03",
            "published_latest": "2026-02-01",
        }
    )
    assert isinstance(article, Article)
    assert article.published.stated is None
    assert (article.published.earliest, article.published.latest) == (None, None)
