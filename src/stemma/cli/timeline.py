"""Lays each long affair out by dates: one line for each thread and date, ascending.

Lines that carry "thread" are taken as grouped; others are grouped as by "stemma stories --final".
"""

from __future__ import annotations

import argparse

from stemma.cli.lines import ArticleLines, add_input, write_line
from stemma.newsroom.editing import date_articles
from stemma.newsroom.filters import group_threads
from stemma.wire import timeline_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_input(parser)


def run(options: argparse.Namespace) -> int:
    articles = ArticleLines(options.file)
    for thread, members in group_threads(articles).items():
        for entry in date_articles(members):
            write_line(timeline_line(thread, entry))
    return articles.status
