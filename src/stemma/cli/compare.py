"""Brings together what several articles of a story say: each quantity or statement, and how the values relate.

Lines that carry "story" are taken as grouped; others are grouped as by "stemma stories --final".
"""

from __future__ import annotations

import argparse

from stemma.cli.lines import ArticleLines, add_input, write_line
from stemma.newsroom.editing import compare_articles
from stemma.newsroom.filters import group_stories
from stemma.wire import comparison_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_input(parser)


def run(options: argparse.Namespace) -> int:
    articles = ArticleLines(options.file)
    for story, members in group_stories(articles).items():
        for comparison in compare_articles(members):
            write_line(comparison_line(story, comparison))
    return articles.status
