"""Hacker News for tests: its twin, over real HTTP."""

from __future__ import annotations

from goodword.connectors.contract import Author
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.hackernews.twin import HackerNewsTwin, item_id
from goodword.connectors.twins.faults import Faults
from goodword.connectors.twins.world import World


class HackerNewsWorld(TwinWorld):
    """Where people talk about the brand."""

    def __init__(self, faults: Faults | None = None, **settings: str) -> None:
        super().__init__(
            HackerNewsTwin(World("harbour")),
            native_id=lambda post: str(item_id(post)),
            author=lambda account: Author(native_id=account.handle, handle=account.handle),
            posts_to="/",
            faults=faults,
            **settings,
        )
