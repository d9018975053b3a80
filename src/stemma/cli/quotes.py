"""Finds quotations and their speakers: one line a quotation, direct, indirect or mixed."""

from __future__ import annotations

import argparse

from stemma.cli.lines import ArticleLines, add_input, write_line
from stemma.facts import find_quotes
from stemma.wire import quote_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_input(parser)


def run(options: argparse.Namespace) -> int:
    articles = ArticleLines(options.file)
    for article in articles:
        for quote in find_quotes(article):
            write_line(quote_line(quote))
    return articles.status
