"""Fixtures for the tests of staff."""

from __future__ import annotations

import pytest

from goodword.staff.models import Agent, Role
from tests.care.world import World


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def admin(world: World) -> Agent:
    return world.agent("Ada", Role.ADMIN)
