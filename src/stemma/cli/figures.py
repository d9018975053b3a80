"""Finds figures: one line a mention, with what is counted, its bounds and its qualifier."""

from __future__ import annotations

import argparse

from stemma.cli.lines import ArticleLines, add_input, write_line
from stemma.facts import find_figures
from stemma.wire import figure_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_input(parser)


def run(options: argparse.Namespace) -> int:
    articles = ArticleLines(options.file)
    for article in articles:
        for figure in find_figures(article):
            write_line(figure_line(figure))
    return articles.status
