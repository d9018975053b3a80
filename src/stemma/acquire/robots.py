"""What a site's robots.txt allows us, after RFC 9309 and Google's rules for when it cannot be had.

Pure: an answer in, rules out. Matching is protego's. Fetching and keeping is done in `fetch.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from protego import Protego

from stemma.acquire.answers import Answer, Failure

AGENT = "Stemma"
"""The name that rules for us are looked up by."""
LARGEST = 500 * 1024
"""Bytes that are read (RFC 9309, section 2.5)."""
LONGEST_DELAY = 60.0
"""Seconds of `Crawl-delay` that are honoured; a longer one would keep a site from ever being read."""
KEPT = 24 * 3600
KEPT_FAILURE = 15 * 60
"""Seconds for which rules are kept (at most a day, RFC 9309 section 2.4), and a failure to get them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What may be fetched of one authority. `failure`: nothing, because the rules could not be had."""

    parsed: Protego | None = None
    failure: Failure | None = None
    delay: float = 0.0
    sitemaps: tuple[str, ...] = ()
    keep: float = KEPT

    def check(self, address: str) -> Failure | None:
        """None where the address may be fetched."""
        if self.failure is not None:
            return self.failure
        if self.parsed is None or self.parsed.can_fetch(address, AGENT):
            return None
        return Failure(kind="robots", words="the site's robots.txt does not allow reading this address")


def decide_rules(fetched: Answer | Failure) -> Rules:
    """The rules that follow from an answer: none for 4xx, everything refused for 5xx, 429 and where nothing answers."""
    if isinstance(fetched, Failure):
        if fetched.kind in ("too many redirects", "unknown encoding"):
            return Rules()
        if fetched.kind == "too large":  # the limit on bodies lies far above what is read of them
            return Rules()
        return Rules(failure=fetched, keep=KEPT_FAILURE)
    if 200 <= fetched.status < 300:
        return parse_rules(fetched.body)
    if fetched.status == 429 or fetched.status >= 500:
        words = f"the site's robots.txt cannot be had (status {fetched.status}); until then nothing is read"
        return Rules(failure=Failure(kind="robots unreachable", words=words), keep=KEPT_FAILURE)
    return Rules()


def parse_rules(body: bytes) -> Rules:
    """Rules of a robots.txt; bytes beyond `LARGEST` are not looked at, lines that are none are passed over."""
    text = body[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff")
    parsed = Protego.parse("\n".join(_iterate_rules(text)))
    delay = parsed.crawl_delay(AGENT) or 0.0
    return Rules(
        parsed=parsed,
        delay=min(max(0.0, delay), LONGEST_DELAY),
        sitemaps=tuple(dict.fromkeys(parsed.sitemaps))[:20],
    )


def _iterate_rules(text: str) -> Iterator[str]:
    """The lines that are rules, each robot named by its product token alone, as the parser does not see to it itself.

    `User-agent: Stemma/1.0 (news)` means Stemma (RFC 9309, section 2.2.1), and a line that is no rule ends no group (2.2.4).
    """
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        name = key.strip().lower()
        if not colon or name not in _RULES:
            continue
        token = _TOKEN.match(value) if name in _NAMING else None
        yield f"{key}: {token[0].strip()}" if token else line


_NAMING = frozenset({"user-agent", "useragent", "user agent"})
_RULES = _NAMING | {
    "allow", "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw", "sitemap", "sitemaps", "site-map",
    "crawl-delay", "crawl delay",
}  # fmt: skip
_TOKEN = re.compile(r"\s*(?:\*|[A-Za-z_-]+)")
