"""Which lines of a robots.txt are rules, and whom they name."""

from __future__ import annotations

import pytest

from stemma.acquire.robots import parse_rules

SITE = "https://a.example"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: Stemma/1.0 (news reader)\nDisallow: /", "/x", False),
        ("User-agent: stemma bot\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Stemma/2\nAllow: /x/\nDisallow: /", "/x/y", True),
        ("User-agent: Stemmata\nDisallow: /", "/x", True),
        ("User-agent: Stemma\nUnknown-Line: unknown\nUser-agent: *\nDisallow: /", "/x", False),
        ("User-agent: Stemma\nno rule at all\nDisallow: /", "/x", False),
        ("User-agent: * # everybody\nDisallow: /x", "/x", False),
        ("user agent: *\ndissallow: /x", "/x", False),
        ("Disallow: /", "/x", True),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /*.pdf$\nAllow: /free/", "/a.pdf", False),
        ("User-agent: *\nDisallow: /a%2Fb\nDisallow: /%e4", "/c", True),
        ("\x00\xff: :::\n:\nUser-agent:\nDisallow", "/x", True),
    ],
)
def test_robots_are_named_by_their_product_and_other_lines_end_nothing(
    text: str, path: str, allowed: bool
) -> None:
    """A version or a remark behind the name changes nothing; a line that is no rule does not close a group."""
    assert (parse_rules(text.encode()).check(SITE + path) is None) == allowed


def test_delays_and_sitemaps_are_read_and_bounded() -> None:
    """A delay of our own group, at most a minute; sitemaps of all groups."""
    text = (
        "User-agent: *\nCrawl-delay: 600\nSitemap: https://a.example/s.xml\nUser-agent: other\nCrawl-delay: 1"
    )
    rules = parse_rules(text.encode())
    assert rules.delay == 60
    assert rules.sitemaps == ("https://a.example/s.xml",)
