"""A Mastodon instance for tests: its twin, over real HTTP and a real websocket."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import httpx

from goodword.connectors.contract import Author
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.mastodon.twin import MastodonTwin
from goodword.connectors.mastodon.twin_entities import status_id
from goodword.connectors.twins.faults import Faults, RateLimit
from goodword.connectors.twins.world import World


class MastodonWorld(TwinWorld):
    """One instance with the brand and a customer, that may be asked as often as one likes."""

    def __init__(self, faults: Faults | None = None, **settings: str) -> None:
        super().__init__(
            MastodonTwin(World("harbour"), requests=RateLimit.unlimited(), uploads=RateLimit.unlimited()),
            native_id=status_id,
            author=lambda account: Author(native_id=str(account.number), handle=account.handle),
            posts_to="/api/v1/statuses",
            faults=faults,
            **settings,
        )

    def authorize(self, address: str, *, says_yes: bool) -> Mapping[str, str]:
        """Press a button of the page that asks; the query that the browser comes back with."""
        asked = dict(parse_qsl(urlsplit(address).query))
        form = {**asked, "answer": "yes" if says_yes else "no"}
        back = httpx.post(address.partition("?")[0], data=form).headers["location"]
        return dict(parse_qsl(urlsplit(back).query))
