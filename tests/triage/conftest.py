"""Fixtures for the tests of triage."""

from __future__ import annotations

import pytest

from tests.care.world import World


@pytest.fixture
def world(db: None) -> World:
    """A workspace with a source, to make cases in."""
    return World()
