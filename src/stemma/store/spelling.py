"""How words are spelled for finding them: scripts without spaces sign by sign, names folded over their spellings.

Used alike when a text is indexed and when it is looked for; nothing of it is ever shown.
"""

from __future__ import annotations

import re

from stemma.text.names import fold_name

# Scripts that write words without spaces between them, or (Hangul) join particles to them: Thai, Lao, Myanmar, Khmer,
# kana, Han, Hangul. FTS5's unicode61 takes a whole clause of these for one word.
_SIGN = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0002fa1f"
)
SIGNS = re.compile(f"[{_SIGN}]+")
_GAP = " \uf8ff "
"""Stands between two runs, so that no phrase goes over the words between them: a private sign that nobody types."""
_MOST_SIGNS = 200_000


def space_out(text: str) -> str:
    """All runs of such signs in the text, sign by sign: "在北京 today 市" to "在 北 京 | 市"; empty where there is none."""
    return _GAP.join(" ".join(run) for run in SIGNS.findall(text[:_MOST_SIGNS]))


def fold_speaker(name: str) -> str:
    """The key under which the spellings of a name meet: "Ilse Márrant" and "ILSE MARRANT" to "ilse-marant"."""
    return "-".join(word for word in map(fold_name, name.split()) if word)[:120]


_SOMEBODY_OF = re.compile(
    r"(?:eine?r?|der|die|das)\s\w+\s(?:der|des|von|vom|für|im|in|am|aus|bei|zur?m?)\s", re.I
)
"""German writes every noun with a capital: "Ein Sprecher von …", "Der Vorstand der …" are no names, "Der Spiegel" is one."""


def looks_like_name(speaker: str) -> bool:
    """Whether a speaker can be listed as a name: two to six words, none but short particles in lower case.

    "the fire service", "Ein Sprecher von Nordhammer" and "he" are speakers, and stay with their stories; a script without
    capitals is believed.
    """
    words = speaker.split()
    if _SOMEBODY_OF.match(speaker):
        return False
    if words and not any(letter.islower() or letter.isupper() for letter in speaker):
        return len(words) <= 6
    return (
        2 <= len(words) <= 6
        and words[0][:1].isupper()
        and words[-1][:1].isupper()
        and all(word[:1].isupper() or len(word) <= 3 for word in words)
    )
