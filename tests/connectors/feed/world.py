"""A site with feeds, for tests: its twin, over real HTTP."""

from __future__ import annotations

from goodword.connectors.contract import Author
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.feed.twin import FeedTwin, post_id
from goodword.connectors.twins.faults import Faults
from goodword.connectors.twins.world import World

OFTEN = "0.001"  # minutes


class FeedWorld(TwinWorld):
    """One site, whose feed is looked at all the time."""

    def __init__(self, path: str = "/feed.atom", faults: Faults | None = None, **settings: str) -> None:
        super().__init__(
            FeedTwin(World("harbour"), ttl_minutes=0),
            native_id=post_id,
            author=lambda account: Author(native_id=account.handle),
            posts_to="/",
            faults=faults,
            **{"every_minutes": OFTEN, **settings},
        )
        self._path = path

    def __enter__(self) -> FeedWorld:
        super().__enter__()
        self.settings = {**self.settings, "address": self.served.address + self._path}
        return self
