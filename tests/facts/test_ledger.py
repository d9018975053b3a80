"""One statement followed over the outlets that print it."""

from __future__ import annotations

from stemma.facts import ArticleFacts, find_figures, find_quotes, follow_statements
from stemma.types import Article, ArticleId
from stemma.wire import parse_article

FULL = '"We will not leave the valley until the last family is safe," said governor Ilse Maarten.'
CUT = '"We will not leave the valley until the last family is home," governor Ilse Maarten told reporters.'


def facts(ident: str, text: str, hour: int, outlet: str) -> ArticleFacts:
    line = {
        "id": ident,
        "text": text,
        "published": f"2031-03-03T{hour:02d}:00:00Z",
        "outlet": outlet,
        "language": "en",
    }
    article = parse_article(line)
    assert isinstance(article, Article)
    return ArticleFacts(article=article, quotes=find_quotes(article), figures=find_figures(article))


def test_variants_first_and_shared_wording() -> None:
    """The earliest printing, the wording that two have in common, and the variant that stands alone are named."""
    members = [facts("b", CUT, 9, "Two"), facts("a", FULL, 8, "One"), facts("c", FULL, 10, "Three")]
    (followed,) = follow_statements(members, parents={})
    assert followed.first == "a"
    assert followed.speaker == "Ilse Maarten"
    assert {v.outlet: v.alone for v in followed.variants} == {"Two": True, "One": False, "Three": False}
    assert followed.shared is not None
    text = {m.article.id: m.article.text for m in members}[followed.shared.article]
    shared = text[followed.shared.start : followed.shared.end]
    assert shared == "We will not leave the valley until the last family is safe"


def test_a_reprint_is_no_independent_support() -> None:
    """Words that only a copy repeats stand alone, and nothing is shared independently."""
    members = [facts("a", FULL, 8, "One"), facts("b", FULL, 9, "Two")]
    (followed,) = follow_statements(members, parents={ArticleId("b"): ArticleId("a")})
    assert [v.source for v in followed.variants] == [None, "a"]
    assert followed.variants[0].alone
    assert followed.shared is None


def test_another_speaker_is_seen() -> None:
    """The same words given to two people are one statement with other speakers."""
    other = FULL.replace("governor Ilse Maarten", "mayor Jon Falk")
    (followed,) = follow_statements([facts("a", FULL, 8, "One"), facts("b", other, 9, "Two")], parents={})
    assert followed.other_speakers


def test_one_outlet_alone_is_not_followed() -> None:
    """A statement that only one article prints is no entry."""
    assert follow_statements([facts("a", FULL, 8, "One")], parents={}) == ()
