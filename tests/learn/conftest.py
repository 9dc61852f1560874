"""Fixtures for the tests of learn."""

from __future__ import annotations

import pytest

from tests.care.world import World
from tests.learn.world import Learning


@pytest.fixture
def world(db: None) -> World:
    """A workspace with a source, to make cases in."""
    return World()


@pytest.fixture
def learning(db: None) -> Learning:
    """A workspace with a cause, its problem and an improvement."""
    return Learning(World())
