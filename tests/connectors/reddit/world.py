"""Reddit for tests: its twin, over real HTTP."""

from __future__ import annotations

from goodword.connectors.contract import Author
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.reddit.twin import RedditTwin, name_of
from goodword.connectors.twins.faults import Faults, RateLimit
from goodword.connectors.twins.world import World


class RedditWorld(TwinWorld):
    """One subreddit, called like the brand; it may be asked as often as one likes."""

    def __init__(self, faults: Faults | None = None, requests: RateLimit | None = None, **settings: str) -> None:
        super().__init__(
            RedditTwin(World("harbour"), requests=requests or RateLimit.unlimited()),
            native_id=name_of,
            author=lambda account: Author(native_id=f"t2_{account.number}", handle=account.handle),
            posts_to="/api/comment",
            faults=faults,
            **settings,
        )
