"""Facts: who said what, which figures, and how the articles of a story relate in them.

Takes an `Article`, gives its `Quote`s and `Figure`s; takes the facts of a story's members, gives `Comparison`s
and the ledger of statements that several print.
Every fact has a span; what cannot be shown is left out. Next: the store, the digest.
"""

from stemma.facts.comparing import ArticleFacts, compare_story
from stemma.facts.figures import find_figures
from stemma.facts.ledger import Followed, Variant, follow_statements
from stemma.facts.quotes import find_quotes

__all__ = [
    "ArticleFacts",
    "Followed",
    "Variant",
    "compare_story",
    "find_figures",
    "find_quotes",
    "follow_statements",
]
