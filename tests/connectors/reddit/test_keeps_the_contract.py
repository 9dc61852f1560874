"""Reddit keeps the contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from goodword.connectors import registry
from goodword.connectors.contract_suite import (
    ContractSuite,
    ListeningSuite,
    SendingSuite,
    Subject,
    TransmissionSuite,
)
from goodword.connectors.reddit import listening
from goodword.connectors.reddit.twin import PASSWORD
from tests.connectors.recorded_payloads import raws
from tests.connectors.reddit.world import RedditWorld


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_EVERY", timedelta(milliseconds=20))
    monkeypatch.setattr(listening, "_PER_TIMELINE", timedelta())


class TestReddit(ContractSuite, ListeningSuite, SendingSuite, TransmissionSuite):
    """Against the twin, over real HTTP."""

    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        good = [raw for raw in raws("reddit", "*.json", "application/json") if ".bad." not in raw.delivery_id]
        bad = raws("reddit", "*.bad.json", "application/json")
        with RedditWorld() as world:
            connector = registry.connector("reddit")
            yield Subject(connector, world.settings, good, bad, world=world, echoes=True, hidden=[PASSWORD])


class TestRedditBySearching(ListeningSuite):
    """What a search finds, without an account."""

    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        with RedditWorld(subreddits="", phrases="harbour", username="", password="") as world:
            yield Subject(registry.connector("reddit"), world.settings, recorded=[], world=world)
