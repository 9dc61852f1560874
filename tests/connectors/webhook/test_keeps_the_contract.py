"""A signed webhook keeps the contract, in and out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from goodword.connectors import registry
from goodword.connectors.contract import Raw
from goodword.connectors.contract_suite import (
    ContractSuite,
    ReceivingSuite,
    ReportingSuite,
    SendingSuite,
    Subject,
    TransmissionSuite,
)
from goodword.connectors.contract_suite.subject import Webhooks
from goodword.connectors.receiving import WebhookRequest
from goodword.connectors.webhook.parse import kind_of
from goodword.connectors.webhook.signature import sign
from goodword.connectors.webhook.twin import SECRET
from tests.connectors.recorded_payloads import raws
from tests.connectors.webhook.world import AnySystemWorld

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
KIND = kind_of("application/json", AT)


def told(body: bytes, *, key: str = "msg_1", secret: str = SECRET) -> WebhookRequest:
    """As the other system sends it."""
    headers = {**sign(key, int(AT.timestamp()), body, secret), "content-type": "application/json"}
    return WebhookRequest("POST", "https://goodword.example/hooks/x/", headers=headers, body=body, at=AT)


def recorded(pattern: str) -> list[Raw]:
    return raws("webhook", pattern, KIND)


class TestWebhook(ContractSuite, ReceivingSuite, SendingSuite, TransmissionSuite, ReportingSuite):
    """Against the twin of another system, over real HTTP."""

    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        good = [raw for raw in recorded("*.json") if ".bad." not in raw.delivery_id]
        hooks = Webhooks(told=[told(raw.body, key=raw.delivery_id) for raw in good])
        with AnySystemWorld() as world:
            yield Subject(
                registry.connector("webhook"),
                world.settings,
                good,
                recorded("*.bad.json"),
                recorded("*.report"),
                world,
                webhooks=hooks,
                hidden=["dHdpbi1vZi1hbnktc3lzdGVt"],
            )
