"""Dating: pages without a day of their own, from the other articles of their story.

Takes the articles of one story and the copies among them, gives intervals, each with the article and the words that carry
it. Knows no clock and no table, and never takes one of its own results for evidence. Next: the article's page shows it beside the
page's own evidence; nothing else is computed from it.
"""

from stemma.dating.told import date_members

__all__ = ["date_members"]
