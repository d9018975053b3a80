"""The digest: what a story says in cited sentences, what a thread did on which day.

Takes the articles of one story or one thread; gives a `Brief` or `TimelineEntry`s whose sentences are made of words of
cited spans. Never writes a sentence that it cannot cite, never uses a language model, a clock or a table. Next: the
store, and the pages that show it.
"""

from stemma.digest.brief import compose_brief
from stemma.digest.timeline import compose_timeline

__all__ = ["compose_brief", "compose_timeline"]
