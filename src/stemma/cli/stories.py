"""Groups articles into stories.

Gives {"id", "story"} for each line, each decided before the next line is read. With --final gives
{"id", "story", "thread"} after all input was seen, merges and splits applied.
"""

from __future__ import annotations

import argparse

from stemma.cli.lines import ArticleLines, add_input, write_line
from stemma.newsroom.filters import group_finally, group_live
from stemma.wire import grouping_line, placement_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_input(parser)
    parser.add_argument("--final", action="store_true", help="decide after all input was seen")


def run(options: argparse.Namespace) -> int:
    articles = ArticleLines(options.file)
    if options.final:
        for grouping in group_finally(articles):
            write_line(grouping_line(grouping))
    else:
        for placement in group_live(articles):
            write_line(placement_line(placement), now=True)
    return articles.status
