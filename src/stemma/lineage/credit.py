"""Which agency an article credits: in its fields, its dateline, its byline, or its credit lines.

A name in running text ("told AFP") is no credit: only where the text says whose it is. Gives the agency's usual name.
"""

from __future__ import annotations

import re

from stemma.lineage.reading import Reading

_AGENCIES = {
    "AFP": ("AFP", "Agence France-Presse", "Agence France Presse"),
    "AP": ("AP", "Associated Press", "The Associated Press"),
    "Reuters": ("Reuters", "Thomson Reuters"),
    "dpa": ("dpa", "Deutsche Presse-Agentur"),
    "EFE": ("EFE", "Agencia EFE"),
    "ANSA": ("ANSA",),
    "UPI": ("UPI", "United Press International"),
    "Xinhua": ("Xinhua",),
    "TASS": ("TASS", "ITAR-TASS"),
    "Interfax": ("Interfax",),
    "Bloomberg": ("Bloomberg", "Bloomberg News"),
    "PA Media": ("PA Media", "Press Association"),
    "PTI": ("PTI", "Press Trust of India"),
    "ANI": ("ANI",),
    "Kyodo": ("Kyodo", "Kyodo News"),
    "Yonhap": ("Yonhap",),
    "APA": ("APA", "Austria Presse Agentur"),
    "Belga": ("Belga",),
    "Keystone-SDA": ("Keystone-SDA", "Keystone-ATS"),
    "Europa Press": ("Europa Press",),
    "Anadolu": ("Anadolu", "Anadolu Agency"),
    "Canadian Press": ("The Canadian Press", "Canadian Press"),
    "AAP": ("AAP", "Australian Associated Press"),
}
_NAMES = {form: name for name, forms in _AGENCIES.items() for form in forms}
_FORM = "|".join(re.escape(form) for form in sorted(_NAMES, key=lambda form: (-len(form), form)))
_BRACKETED = re.compile(rf"\(({_FORM})\)")
_ANYWHERE = re.compile(rf"(?<![\w])({_FORM})(?![\w])")
_LINE = re.compile(rf"(?:[Bb]y\s+)?(?:[^\n]{{0,80}}[\s,|—–-]+)?({_FORM})\s*(?:[—–|-][^\n]{{0,60}})?$")

_HEAD = 300
_SHORT_LINE = 100


def find_origin(reading: Reading) -> str | None:
    """The agency that the article names as the origin of its text, None where it names none."""
    article = reading.article
    if article.agency:
        return _NAMES.get(article.agency, article.agency)
    for words in (*article.byline, article.dateline or ""):
        match = _ANYWHERE.search(words)
        if match:
            return _NAMES[match.group(1)]
    head = article.text[:_HEAD]
    match = _BRACKETED.search(head)
    if match:
        return _NAMES[match.group(1)]
    for line in head.split("\n")[:-1]:
        if len(line) <= _SHORT_LINE and (match := _LINE.match(line.strip())):
            return _NAMES[match.group(1)]
    for sentence in reading.apart:
        match = _ANYWHERE.search(article.text[sentence.start : sentence.end])
        if match:
            return _NAMES[match.group(1)]
    return None
