"""Which member's headline names a story best: chosen, never invented.

It says what most voices say, in a length that can be read, and is no question, teaser or site name.
"""

from __future__ import annotations

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
    if not titled:
        return None
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
        words = len(split_words(articles[i].title or ""))
        known = sum(sum(s in lead for lead in leads.values()) for s in sorted(stems[i]))
        return (
            known
            / (len(stems[i]) + 3)
            * (0.6 if _teases(articles[i].title or "") else 1.0)
            * (1.0 if 5 <= words <= 18 else 0.6)
        )

    return max(titled, key=lambda i: (round(score(i), 9), -i))


def _teases(title: str) -> bool:
    return title.rstrip("\"'”’»").endswith(("?", "!", "…", "..."))
