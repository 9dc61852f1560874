"""A polled address keeps the contract, with JSON and with CSV."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from goodword.connectors import registry
from goodword.connectors.contract_suite import ContractSuite, ListeningSuite, Subject
from tests.connectors.polled.world import ShopWorld
from tests.connectors.recorded_payloads import raws


class TestPolled(ContractSuite, ListeningSuite):
    """Against the twin of a shop, over real HTTP."""

    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        good = [raw for raw in raws("polled", "*.json", "application/json") if ".bad." not in raw.delivery_id]
        bad = raws("polled", "*.bad.json", "application/json")
        with ShopWorld() as world:
            yield Subject(registry.connector("polled"), world.settings, good, bad, world=world)


class TestPolledCsv(ListeningSuite):
    """The same as CSV."""

    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        with ShopWorld() as world:
            world.settings = world.csv_settings()
            yield Subject(registry.connector("polled"), world.settings, recorded=[], world=world)
