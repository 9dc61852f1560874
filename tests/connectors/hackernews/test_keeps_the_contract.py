"""Hacker News keeps the contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from goodword.connectors import registry
from goodword.connectors.contract_suite import ContractSuite, ListeningSuite, Subject
from goodword.connectors.hackernews import listening
from tests.connectors.hackernews.world import HackerNewsWorld
from tests.connectors.recorded_payloads import raws


class TestHackerNews(ContractSuite, ListeningSuite):
    """Against the twin, over real HTTP."""

    @pytest.fixture
    def subject(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Subject]:
        monkeypatch.setattr(listening, "_EVERY", timedelta(milliseconds=20))
        good = [raw for raw in raws("hackernews", "*.json", "application/json") if ".bad." not in raw.delivery_id]
        bad = raws("hackernews", "*.bad.json", "application/json")
        with HackerNewsWorld() as world:
            yield Subject(registry.connector("hackernews"), world.settings, good, bad, world=world)
