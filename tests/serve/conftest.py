"""Fixtures: the invented edition, and portals over it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from starlette.testclient import TestClient

from stemma.serve import create_app


@pytest.fixture(scope="session")
def edition() -> ModuleType:
    """The module `edition.py`: views, and `Shelf` that answers with them."""
    spec = importlib.util.spec_from_file_location("serve_edition", Path(__file__).with_name("edition.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["serve_edition"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def shelf(edition: ModuleType):
    """A reader over the edition."""
    return edition.Shelf()


@pytest.fixture
def client(shelf) -> TestClient:
    """A private portal."""
    return TestClient(create_app(shelf, private=True), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture
def public(shelf) -> TestClient:
    """A portal that others can reach."""
    return TestClient(create_app(shelf, private=False), follow_redirects=False)
