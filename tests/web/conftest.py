"""Fixtures for the tests of pages: the world of care, and clients that are signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from goodword.staff.models import Agent
from tests.care.world import World


@pytest.fixture
def world(db: None) -> World:
    """A workspace with a source, to make cases in."""
    return World()


@pytest.fixture
def signed_in() -> Callable[[Agent], Client]:
    """A client that is signed in as an agent."""

    def client(agent: Agent) -> Client:
        made = Client()
        made.force_login(agent)
        return made

    return client
