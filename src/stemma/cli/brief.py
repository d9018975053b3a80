"""Sums each story up in sentences that cite the words they are made of.

Lines that carry "story" are taken as grouped; others are grouped as by "stemma stories --final".
"""

from __future__ import annotations

import argparse

from stemma.cli.lines import ArticleLines, add_input, write_line
from stemma.newsroom.editing import brief_articles
from stemma.newsroom.filters import group_stories
from stemma.wire import brief_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_input(parser)


def run(options: argparse.Namespace) -> int:
    articles = ArticleLines(options.file)
    for story, members in group_stories(articles).items():
        write_line(brief_line(story, brief_articles(members)))
    return articles.status
