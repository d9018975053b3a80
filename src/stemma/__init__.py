"""Stemma: one page to a story, each sentence with its source."""

__version__ = "0.1.0"
