"""Fixtures for every test. The database comes from tests/postgres.py."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import settings

from tests import realatproto
from tests.postgres import original_database

# A test fails for what it finds, not for how busy the machine is: figures live in bench/.
settings.register_profile("goodword", deadline=None)
settings.load_profile("goodword")


@pytest.fixture(autouse=True)
def no_loop_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """A browser that was driven in this process leaves its event loop running; other tests start loops of their own."""
    if "browser" in request.node.path.parts:
        yield
        return
    left = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(left)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The database of the tests begins as a copy, which is quicker than making every table."""
    connection.settings_dict["TEST"]["TEMPLATE"] = original_database()


@pytest.fixture(scope="session")
def real_network() -> Iterator[realatproto.RealNetwork]:
    """A real PDS, one for all tests of this process."""
    if reason := realatproto.missing():
        pytest.skip(reason)
    with realatproto.RealNetwork() as network:
        yield network
