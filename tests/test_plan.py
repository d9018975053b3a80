"""Each case of the plan of reliability has tests, and they are there."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PLAN: dict[str, dict[str, list[str]]] = tomllib.loads(
    (TESTS / "cases" / "plan.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", PLAN)
def test_a_case_has_its_tests(case: str) -> None:
    """Every test that a case names exists and says what fact it proves."""
    assert PLAN[case]["tests"]
    for named in PLAN[case]["tests"]:
        path, _, name = named.partition("::")
        tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
        found = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name]
        assert found, f"{case}: {named}"
        assert ast.get_docstring(found[0]), named
