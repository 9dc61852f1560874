"""Feeds keep the contract, in each format."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from goodword.connectors import registry
from goodword.connectors.contract_suite import ContractSuite, ListeningSuite, Subject
from tests.connectors.feed.world import FeedWorld
from tests.connectors.recorded_payloads import raws


class TestFeed(ContractSuite, ListeningSuite):
    """Against the twin, over real HTTP."""

    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        good = [raw for raw in raws("feed", "*.json", "application/json") if ".bad." not in raw.delivery_id]
        bad = raws("feed", "*.bad.json", "application/json")
        with FeedWorld() as world:
            yield Subject(registry.connector("feed"), world.settings, good, bad, world=world)


class TestOtherFormats(ListeningSuite):
    """RSS, JSON Feed and an app store's reviews."""

    @pytest.fixture(params=["/feed.rss", "/feed.json", "/reviews.xml"])
    def subject(self, request: pytest.FixtureRequest) -> Iterator[Subject]:
        with FeedWorld(request.param) as world:
            yield Subject(registry.connector("feed"), world.settings, recorded=[], world=world)
