"""A Mastodon instance for tests: its twin, over real HTTP and a real websocket."""

from __future__ import annotations

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
