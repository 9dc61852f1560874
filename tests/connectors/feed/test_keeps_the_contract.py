"""Feeds keep the contract, in each format."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from goodword.connectors import registry
from goodword.connectors.contract_suite import ContractSuite, ListeningSuite, ReceivingSuite, Subject
from goodword.connectors.contract_suite.subject import Webhooks
from goodword.connectors.receiving import WebhookReply
from tests.connectors.feed.test_hub import NEWS, SETTINGS, TOPIC, asked, signed
from tests.connectors.feed.world import FeedWorld
from tests.connectors.recorded_payloads import raws


class TestFeed(ContractSuite, ListeningSuite, ReceivingSuite):
    """Against the twin, over real HTTP."""

    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        good = [raw for raw in raws("feed", "*.json", "application/json") if ".bad." not in raw.delivery_id]
        bad = raws("feed", "*.bad.json", "application/json")
        with FeedWorld() as world:
            settings = {**SETTINGS, **world.settings}
            question = f"hub.mode=subscribe&hub.topic={TOPIC}&hub.challenge=abc"
            hooks = Webhooks(
                told=[signed(NEWS)],
                asked=[(asked("GET", query=question), WebhookReply(body=b"abc"))],
                asks_with_secret=False,
                strange=[asked("GET", query=question.replace("feed", "other"))],
            )
            yield Subject(registry.connector("feed"), settings, good, bad, world=world, webhooks=hooks)


class TestOtherFormats(ListeningSuite):
    """RSS, JSON Feed and an app store's reviews."""

    @pytest.fixture(params=["/feed.rss", "/feed.json", "/reviews.xml"])
    def subject(self, request: pytest.FixtureRequest) -> Iterator[Subject]:
        with FeedWorld(request.param) as world:
            yield Subject(registry.connector("feed"), world.settings, recorded=[], world=world)
