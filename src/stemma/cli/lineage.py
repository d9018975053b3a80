"""Finds who copied whom, and what the copy changed.

Gives a line for each direct parent of an article that derives from an earlier one. With --final, judged after all
input was seen: the parent may stand later.
"""

from __future__ import annotations

import argparse

from stemma.cli.lines import ArticleLines, add_input, write_line
from stemma.lineage import LineageIndex, judge_copies
from stemma.wire import copy_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_input(parser)
    parser.add_argument("--final", action="store_true", help="judge after all input was seen")


def run(options: argparse.Namespace) -> int:
    articles = ArticleLines(options.file)
    if options.final:
        for copy in judge_copies(list(articles)):
            write_line(copy_line(copy))
        return articles.status
    index = LineageIndex()
    for article in articles:
        for copy in index.add(article):
            write_line(copy_line(copy))
    return articles.status
