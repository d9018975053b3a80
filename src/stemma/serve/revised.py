"""What each later text of an article changed, laid side by side for its page.

Changes of meaning come first, each with the words before and after. On a portal that is not private only so many words
are shown as a citation has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stemma.serve.differ import find_differences
from stemma.serve.marking import cut_short
from stemma.serve.messages import t
from stemma.serve.story_page import Changed
from stemma.serve.words import ANNOUNCED, REVISED
from stemma.store.views import ArticleView, PlaceView, RevisionChangeView, RevisionView

MOST_REVISIONS = 20
MOST_CHANGES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionSheet:
    """One later text; `changes` at most `MOST_CHANGES`, `left_out` are the others."""

    view: RevisionView
    before: str
    after: str
    announced: tuple[tuple[str, str], ...]
    changes: tuple[Changed, ...]
    left_out: int


def build_revision_sheets(view: ArticleView) -> Iterable[RevisionSheet]:
    """The newest revisions of an article, the newest first."""
    for revision in view.revisions[:MOST_REVISIONS]:
        current = revision.number == view.revision
        ranked = sorted(revision.changes, key=lambda c: c.kind in ("added", "removed"))
        yield RevisionSheet(
            view=revision,
            before=t("Revision {n}", n=revision.number - 1),
            after=t("Revision {n}", n=revision.number),
            announced=tuple(
                (t(ANNOUNCED.get(kind, kind)), cut_short(place.words)) for kind, place in revision.announced
            ),
            changes=tuple(_build_change(c, revision, current) for c in ranked[:MOST_CHANGES]),
            left_out=max(0, len(ranked) - MOST_CHANGES),
        )


def _build_change(change: RevisionChangeView, revision: RevisionView, current: bool) -> Changed:
    before, after = _words(change.before), _words(change.after)
    if change.kind == "title":
        before, after = revision.title_before or "", revision.title or ""
    left, right = find_differences(cut_short(before), cut_short(after))
    return Changed(
        what=t(REVISED.get(change.kind, change.kind)),
        kind=change.kind,
        before=left,
        after=right,
        before_place=None,
        # Only the newest text has a page on which the words can be shown in their place.
        after_place=change.after if current else None,
    )


def _words(place: PlaceView | None) -> str:
    return place.words if place else ""
