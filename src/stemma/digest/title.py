"""Which member's headline names a story best: chosen, never invented.

It says what most voices say, in a length that can be read, and is no question, teaser or site name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stemma.digest.voices import Voices
from stemma.text.lang import language_words
from stemma.text.tokens import split_words, stem_words
from stemma.types import Article


def choose_title(articles: Sequence[Article], voices: Voices) -> int | None:
    """The place of the article whose headline is taken; None where no member has one."""
    titled = [i for i in voices.speakers if (articles[i].title or "").strip()]
    if not titled:
        titled = [i for i, a in enumerate(articles) if (a.title or "").strip()]
    if len(titled) < 2:
        return titled[0] if titled else None
    stop = language_words(voices.language, "words", "stop")
    stems = {
        i: set(
            stem_words([w for w in split_words(articles[i].title or "") if w not in stop], voices.language)
        )
        for i in titled
    }
    leads = {
        i: set(stem_words([w for w in split_words(articles[i].text[:600]) if w not in stop], voices.language))
        for i in voices.speakers
    }

    def score(i: int) -> float:
        title = articles[i].title or ""
        words = split_words(title)
        known = sum(sum(s in lead for lead in leads.values()) for s in sorted(stems[i]))
        worth = known / (len(stems[i]) + 3)
        worth *= TEASING if _teases(title, words, voices.language) else 1.0
        worth *= LABELLED if _LABEL.match(title) or _site_name(title, articles[i].outlet) else 1.0
        return worth * (1.0 if SHORTEST <= len(words) <= LONGEST else 0.6)

    return max(titled, key=lambda i: (round(score(i), 9), -i))


# ---------------------------------------------------------------- helpers

SHORTEST, LONGEST = 5, 18
"""Words of a headline that says enough and can be taken in."""

TEASING, LABELLED = 0.6, 0.7
"""Factors for a question or teaser, and for "EXCLUSIVE:", "UPDATE 1-" or a site's name in the headline."""

_LABEL = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ\d -]{3,}(?:[:|]|\d-)")
_PART = re.compile(r"\s[|»·–—-]\s")


def _teases(title: str, words: Sequence[str], language: str | None) -> bool:
    if title.rstrip("\"'”’»").endswith(("?", "!", "…", "...")):
        return True
    teasers = language_words(language, "digest", "teaser")
    return not teasers.isdisjoint(words[:2]) or not teasers.isdisjoint(words[-1:])


def _site_name(title: str, outlet: str | None) -> bool:
    """Whether a part of the headline is the outlet, or a pipe parts off something."""
    parts = _PART.split(title)
    return " | " in title or (
        bool(outlet)
        and len(parts) > 1
        and any(p.strip().casefold() == (outlet or "").casefold() for p in parts)
    )
