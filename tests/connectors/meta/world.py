"""Meta for tests: its twin, over real HTTP, and requests signed as Meta signs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from goodword.connectors.contract import Author
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.meta.page import VERSION
from goodword.connectors.meta.twin import APP_SECRET, INSTAGRAM, PAGE, MetaTwin, person
from goodword.connectors.receiving import WebhookRequest
from goodword.connectors.twins.faults import RateLimit
from goodword.connectors.twins.world import World
from tests.connectors.webhook_signing import sign

HOOK = "https://goodword.example/hooks/x/"


class MetaWorld(TwinWorld):
    """A Page; Mara comments, Ola writes messages, Kenji comments on Instagram."""

    twin: MetaTwin

    def __init__(
        self, *, now: Callable[[], datetime] | None = None, calls: RateLimit | None = None, **settings: str
    ) -> None:
        world = World("harbour", now=now) if now else World("harbour")
        twin = MetaTwin(world, calls=calls or RateLimit.unlimited())
        super().__init__(
            twin,
            native_id=lambda post: f"{twin.where(post)}:{twin.id_of(post)}",
            author=lambda account: Author(native_id=f"fb/{person(account)}", name=account.name),
            posts_to=f"/{VERSION}/",
            faults=None,
            **settings,
        )
        self.ola, self.kenji = world.account("ola"), world.account("kenji")


def told(kind: str, *, secret: str = APP_SECRET, **entry: object) -> WebhookRequest:
    """A notice about the Page, or its Instagram account."""
    own = INSTAGRAM if kind == "instagram" else PAGE
    payload = {"object": kind, "entry": [{"id": own, "time": 1772448100, **entry}]}
    body = json.dumps(payload).encode()
    return WebhookRequest(
        method="POST",
        address=HOOK,
        headers={"content-type": "application/json", "x-hub-signature-256": "sha256=" + sign(secret, body)},
        body=body,
        at=datetime(2026, 3, 2, 10, 41, 40, tzinfo=UTC),
    )


def comment(verb: str = "add", **more: object) -> WebhookRequest:
    """https://developers.facebook.com/docs/graph-api/webhooks/reference/page/#feed."""
    value = {
        "from": {"id": "6000000002", "name": "Mara Jovanović"},
        "post": {"status_type": "mobile_status_update", "is_published": True},
        "message": "The seam opened 😭",
        "post_id": f"{PAGE}_900077",
        "comment_id": "900077_41",
        "created_time": 1772448000,
        "item": "comment",
        "parent_id": f"{PAGE}_900077",
        "verb": verb,
        **more,
    }
    return told("page", changes=[{"field": "feed", "value": value}])


def message(kind: str = "page", *, sender: str = "6000000003", to: str = "", **more: object) -> WebhookRequest:
    """https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages."""
    own = INSTAGRAM if kind == "instagram" else PAGE
    event = {"sender": {"id": sender}, "recipient": {"id": to or own}, "timestamp": 1772448000123, **more}
    return told(kind, messaging=[event])
