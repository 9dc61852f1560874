"""The hub of the twin of a site: verifies an address and tells it what is new, signed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping

import httpx

from goodword.connectors.twins.world import World

_LOOK = 0.1  # seconds
_PATIENCE = 10.0


class Hub:
    """One subscription; `feed` writes the feed as it is now."""

    def __init__(self, world: World, form: Mapping[str, str], feed: Callable[[], bytes]) -> None:
        self._world, self._feed = world, feed
        self._callback, self._topic = form["hub.callback"], form.get("hub.topic", "")
        self._secret = form.get("hub.secret", "")

    def run(self) -> None:
        """Until the address says no."""
        if not self._is_wanted():
            return
        told = len(self._world.changes(0))
        while True:
            if news := self._world.changes(told):
                told = news[-1].number
                self._tell()
            time.sleep(_LOOK)

    def _is_wanted(self) -> bool:
        challenge = secrets.token_urlsafe()
        query = {
            "hub.mode": "subscribe",
            "hub.topic": self._topic,
            "hub.challenge": challenge,
            "hub.lease_seconds": "86400",
        }
        try:
            answer = httpx.get(self._callback, params=query, timeout=_PATIENCE)
        except httpx.HTTPError:
            return False
        return answer.is_success and answer.text == challenge

    def _tell(self) -> None:
        body = self._feed()
        signature = hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"content-type": "application/atom+xml", "x-hub-signature": f"sha256={signature}"}
        try:
            httpx.post(self._callback, content=body, headers=headers, timeout=_PATIENCE)
        except httpx.HTTPError:
            return  # who looks at the feed finds it all the same
