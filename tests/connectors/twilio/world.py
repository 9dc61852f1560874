"""Twilio for tests: its twin, over real HTTP, and requests signed as Twilio signs them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from goodword.connectors.contract import Author
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.receiving import WebhookRequest
from goodword.connectors.twilio.twin import ACCOUNT, NUMBER, TOKEN, TwilioTwin, number_of, sid
from goodword.connectors.twins.faults import Faults, RateLimit
from goodword.connectors.twins.world import World

HOOK = "https://goodword.example/hooks/x/"
CALLER = "+491700000002"


class TwilioWorld(TwinWorld):
    """The brand's number, and Mara, who writes to it."""

    twin: TwilioTwin

    def __init__(self, faults: Faults | None = None, **settings: str) -> None:
        super().__init__(
            TwilioTwin(World("harbour"), requests=RateLimit.unlimited()),
            native_id=lambda post: sid("SM", post.number),
            author=lambda account: Author(native_id=number_of(account)),
            posts_to=f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            faults=faults,
            **settings,
        )


def told(door: str, *, token: str = TOKEN, query: str = "", **form: str) -> WebhookRequest:
    """A request of Twilio: https://www.twilio.com/docs/usage/webhooks/webhooks-security."""
    address = HOOK + door + (f"?{query}" if query else "")
    given = {"AccountSid": ACCOUNT, "From": CALLER, "To": NUMBER, "ApiVersion": "2010-04-01", **form}
    said = address + "".join(f"{name}{given[name]}" for name in sorted(given))
    return WebhookRequest(
        method="POST",
        address=address,
        rest=door,
        query=tuple(parse_qsl(urlsplit(address).query)),
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "x-twilio-signature": base64.b64encode(
                hmac.new(token.encode(), said.encode(), hashlib.sha1).digest()
            ).decode(),
        },
        body=urlencode(given).encode(),
        at=datetime(2026, 3, 2, 10, 40, tzinfo=UTC),
    )
