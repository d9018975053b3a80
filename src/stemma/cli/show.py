"""Shows what is kept: stories, one story, one article, what was rejected and why, what readers report as wrong, or how
grouping looks as a whole. A report is taken away with --done once it is settled."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from stemma.cli.lines import write_line
from stemma.cli.tables import counted, plain, published_words, story_table
from stemma.cli.views import story_row_line, view_line
from stemma.config import load_settings
from stemma.errors import NotFoundError, UsageError
from stemma.newsroom.watching import find_store_alarms, tell_alarm
from stemma.store import Store, open_store
from stemma.store.views import ArticleView, ChangeView, CopyView, QuoteView, RevisionView, StoryView

_ALL = 1_000_000_000

_TOO_MANY = frozenset(["added", "dropped"])
"""Changes that only the page and --json list: a rewrite adds and drops most of its sentences."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("stories", "story", "article", "rejected", "reports", "alarms"),
        help="what to show",
    )
    parser.add_argument("id", nargs="?", help="number of the story or article, as in its page's address")
    parser.add_argument("--json", action="store_true", help="JSON, one object a line")
    parser.add_argument("--done", type=int, metavar="REPORT", help="with reports: takes this one away")
    parser.add_argument("--limit", type=int, default=_ALL, metavar="N", help="at most N lines")


def run(options: argparse.Namespace) -> int:
    one = options.what in ("story", "article")
    if one != (options.id is not None):
        raise UsageError(f"{options.what} {'needs' if one else 'takes no'} number")
    if options.limit < 1:
        raise UsageError("--limit must be at least 1")
    store = open_store(load_settings().store)
    if options.what == "stories":
        _show_stories(store, options)
    elif options.what == "rejected":
        _show_rejected(store, options)
    elif options.what == "reports":
        _show_reports(store, options)
    elif options.what == "alarms":
        _show_alarms(store, options)
    elif options.what == "story":
        story = _find_story(store, _number(options.id))
        write_line(view_line(story)) if options.json else _print_story(story)
    else:
        article = store.get_article(_number(options.id))
        write_line(view_line(article)) if options.json else _print_article(article)
    return 0


def _number(given: str) -> int:
    if not (given.isascii() and given.isdigit()):
        raise UsageError(f"{given!r} is no number")
    return int(given)


def _find_story(store: Store, number: int) -> StoryView:
    """The story, or the one into which it was merged."""
    try:
        return store.get_story(number)
    except NotFoundError:
        into = store.find_redirect(number)
        if into is None:
            raise
        return store.get_story(into)


def _show_stories(store: Store, options: argparse.Namespace) -> None:
    rows = store.find_stories(limit=options.limit)
    if options.json:
        for row in rows:
            write_line(story_row_line(row))
    elif rows:
        Console().print(story_table(rows))
    else:
        print("No stories yet: stemma read PATH")


def _show_rejected(store: Store, options: argparse.Namespace) -> None:
    rows = store.find_rejected(limit=options.limit)
    if options.json:
        for row in rows:
            write_line(view_line(row))
        return
    table = Table("page", "reason", "detail", box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(Text(plain(row.name)), row.reason, Text(plain(row.detail)))
    Console().print(table if rows else "Nothing was rejected.")


def _show_reports(store: Store, options: argparse.Namespace) -> None:
    if options.done is not None:
        if not store.settle_report(options.done):
            raise NotFoundError(f"there is no report {options.done}")
        print(f"report {options.done} is settled")
        return
    rows = store.find_reports(limit=min(options.limit, _ALL))
    if options.json:
        for row in rows:
            write_line(view_line(row))
        return
    for row in rows:
        print(f"{row.report}  story {row.story}: {plain(row.title)}")
        print(f"    {row.sent:%Y-%m-%d %H:%M}  {plain(row.words)}")
        if row.reply_to:
            print(f"    answer to {plain(row.reply_to)}")
    if not rows:
        print("Nobody has reported anything.")


def _show_alarms(store: Store, options: argparse.Namespace) -> None:
    alarms = find_store_alarms(store)
    if options.json:
        for alarm in alarms:
            write_line({**view_line(alarm), "unusual": alarm.unusual})
    elif not alarms:
        print("Too few articles to tell what is usual.")
    else:
        for alarm in alarms:
            print(f"{'unusual' if alarm.unusual else 'as usual'}: {tell_alarm(alarm)}")


def _print_story(story: StoryView) -> None:
    print(plain(story.title))
    counts = (
        (len(story.articles), "article"),
        (len(story.outlets), "named outlet"),
        (story.newsrooms, "independent newsroom"),
    )
    print(
        ", ".join([counted(number, noun) for number, noun in counts] + ([story.phase] if story.phase else []))
    )
    for label, found in (("Place", [story.place] if story.place else []), ("Names", story.names)):
        if found:
            told = (f"{plain(f.name)} ({counted(f.newsrooms, 'newsroom')})" for f in found)
            print(f"{label}: {', '.join(told)}")
    names = {a.article: a.outlet or f"article {a.article}" for a in story.articles}
    _print_voices(story, names)
    for sentence in story.brief:
        cited = ", ".join(plain(names.get(c.article, str(c.article))) for c in sentence.citations)
        print(f"\n  {plain(sentence.text)} [{cited}]")
    if story.documents:
        print("\nPrimary documents")
        for document in story.documents:
            print(f"  {plain(document.address)}")
            for place in document.places:
                print(f"    {plain(names.get(place.article, str(place.article)))}: {plain(place.words)}")
    print("\nCoverage")
    for row in story.articles:
        outlet = plain(row.outlet or "outlet not known")
        print(f"  {row.article:>5}  {published_words(row.published):<24} {outlet}: {plain(row.title)}")
    if story.copies:
        print("\nCopies")
        for copy in story.copies:
            print(f"  {_copy_words(copy, names)}")
            for change in copy.changes:
                if change.kind not in _TOO_MANY:
                    print(f"    {_change_words(change)}")
    if story.comparisons:
        print("\nSide by side")
        for comparison in story.comparisons:
            values = "; ".join(
                f"{plain(names.get(v.place.article, ''))}: {plain(v.place.words)}" for v in comparison.values
            )
            print(f"  {plain(comparison.about)} ({comparison.relation}): {values}")
    if story.quotes:
        _print_quotes(story.quotes, names)


def _print_voices(story: StoryView, names: dict[int, str]) -> None:
    """Why so many newsrooms: what is one voice, and what is no report."""
    heard = {article for voice in story.voices for article in voice}
    for voice in story.voices:
        if len(voice) > 1:
            print(f"  one newsroom: {', '.join(plain(names.get(a, str(a))) for a in voice)}")
    for row in story.articles:
        if story.voices and row.article not in heard:
            print(f"  not counted: {plain(names[row.article])} ({row.genre})")


def _print_article(article: ArticleView) -> None:
    print(plain(article.title) or "Untitled")
    facts = (
        ("outlet", article.outlet),
        ("by", ", ".join(article.byline)),
        ("agency", article.agency),
        ("published", published_words(article.published)),
        ("evidence", "; ".join(f"{basis}: {words}" for basis, words, _, _ in article.published.clues)),
        ("address", article.url),
        ("primary source", article.source_url),
        ("story", f"{article.story} {article.story_title}" if article.story else None),
    )
    for name, value in facts:
        if value:
            print(f"  {name}: {plain(value)}")
    for revision in article.revisions:
        print(f"  revision {revision.number}: {_revision_words(revision)}")
        for kind, place in revision.announced:
            print(f"    {kind}: {plain(place.words)}")
    for paragraph in article.text.split("\n\n"):
        print(f"\n{plain(paragraph)}")


def _revision_words(revision: RevisionView) -> str:
    """What a later text changed, in few words."""
    if revision.substantive is None:
        return "not compared with the text before"
    if not revision.substantive:
        return "only its wording changed"
    return f"changed in substance{': ' if revision.kinds else ''}{', '.join(revision.kinds)}"


def _copy_words(copy: CopyView, names: dict[int, str]) -> str:
    child = plain(names.get(copy.child, f"article {copy.child}"))
    parent = plain(copy.origin if copy.parent is None else names.get(copy.parent, f"article {copy.parent}"))
    if copy.parent is None:
        return f"{child} has its text from {parent}, whose own report was not read"
    link = "derives from" if copy.direction == "decided" else "shares its text with"
    if copy.kind == "rewrite":
        return f"{child} {link} {parent} (rewrite: the same report in other words)"
    return f"{child} {link} {parent} ({copy.kind}, {copy.containment:.0%} of its wording)"


def _change_words(change: ChangeView) -> str:
    kind = f"{change.kind} {change.detail}" if change.detail else change.kind
    if not (change.parent or change.child):
        return kind  # of a headline, which is no part of the text
    before, after = (
        f'"{plain(place.words)}"' if place else "nothing" for place in (change.parent, change.child)
    )
    return f"{kind}: {before} -> {after}"


def _print_quotes(quotes: Sequence[QuoteView], names: dict[int, str]) -> None:
    """By speaker, in the order in which they are first quoted; words in quotation marks before reported ones."""
    by_speaker: dict[str | None, list[QuoteView]] = {}
    for quote in quotes:
        by_speaker.setdefault(quote.speaker, []).append(quote)
    print("\nWho said what")
    for speaker, theirs in sorted(by_speaker.items(), key=lambda item: item[0] is None):
        print(f"  {plain(speaker or 'Speaker not named')}")
        for quote in sorted(theirs, key=lambda q: q.kind == "indirect"):
            print(f"    {plain(quote.place.words)} [{plain(names.get(quote.place.article, ''))}]")
