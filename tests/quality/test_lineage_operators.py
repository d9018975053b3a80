"""The edits that measure lineage are what they say: a measure with wrong places measures nothing."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from random import Random

import pytest

QUALITY = Path(__file__).resolve().parents[2] / "bench" / "quality"
TEXT = (
    "Governor Anna Keller reportedly met Tomas Rill in Sandholm on Tuesday, and 48 families were not told. "
    "About 120 people may lose their flats within 30 kilometers of the harbour, three workers said.\n\n"
    '“We could only protect the houses next door from the heat, and we are not proud. The tower was lost early," he said. '
    "The governor said that the council was informed by the insurers in Lindau about 1,240 claims and 12% of the damage. "
    '"Nobody expected such a loss in so short a time," said Dora Velten. "The harbour will stay closed until Friday." '
    "The region of Marn has paid 5 million crowns. It was the third fire of the year. Many people said that it is the last. "
    "Mr Rill promised help. They did not stay. The police are near the gate. It may rain again. The organization waits."
).replace('early,"', "early,”")


@pytest.fixture(name="edits")
def _edits():  # type: ignore[no-untyped-def]
    sys.path.insert(0, str(QUALITY))
    yield importlib.import_module("lineage_edits")
    sys.path.remove(str(QUALITY))


def test_every_edit_changes_the_text_where_it_says(edits) -> None:  # type: ignore[no-untyped-def]
    """Outside its places the copy is the original, letter by letter; an edit without kinds has no place."""
    made = 0
    for name, operator in edits.OPERATORS.items():
        edit = operator(Random(3), TEXT)
        if edit is None:
            continue
        made += 1
        assert edit.text != TEXT, name
        assert bool(edit.kinds) != name.startswith("none"), name
        if edit.parent:
            start, end = edit.parent
            after = edit.child[1] if edit.child else start
            assert edit.text[:start] == TEXT[:start], name
            assert edit.text[after:] == TEXT[end:], name
    assert made > 25
