"""Many numbers or names handed to a statement as one value, so that it is the same statement however many there are.

A list written out makes another statement for each length: SQLAlchemy writes it anew and SQLite plans it anew, which costs
half a millisecond where several tables and the deny list are joined (bench/speed/portal.py).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ColumnElement, bindparam, func, select


def among(column: ColumnElement[Any], name: str = "numbers") -> ColumnElement[bool]:
    """Whether the column's value is in the list that the statement is given under that name."""
    given = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
    return column.in_(select(given.c.value))
