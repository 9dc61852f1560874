"""Fixtures for the tests of insight."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.staff.models import Role
from tests.care.world import World


@pytest.fixture
def world(db: None) -> World:
    """A workspace with a source, to make cases in."""
    return World()


@pytest.fixture
def lead(world: World, client: Client) -> Client:
    """A lead, signed in."""
    client.force_login(world.agent("Lee", Role.LEAD))
    return client
