"""Tells the other system where to call us, by a call of its own (https://resthooks.org/)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from goodword.connectors.contract import Settings
from goodword.connectors.over_http.calls import Api
from goodword.connectors.storable import fingerprint
from goodword.connectors.webhook.place import read_outside
from goodword.connectors.webhook.sending import NETWORK
from goodword.connectors.webhook.signature import sign


def subscribe(settings: Settings, now: Callable[[], datetime]) -> None:
    """Any 2xx is a yes. Raises `Refused` and `Retry`."""
    outside, hook = read_outside(settings, "subscribe_address"), str(settings["hook"])
    body = msgspec.json.encode({"target_url": hook, "event": "message"})
    headers = sign(f"subscribe-{fingerprint(hook.encode())}", int(now().timestamp()), body, outside.secret)
    with Api(outside.origin, network=NETWORK) as api:
        api.post_bytes(outside.path, content=body, kind="application/json", headers=headers, commits=False)
