"""X for tests: its twin, over real HTTP."""

from __future__ import annotations

from goodword.connectors.contract import Author
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.twins.faults import Faults, RateLimit
from goodword.connectors.twins.world import World
from goodword.connectors.x.twin import XTwin, post_id


class XWorld(TwinWorld):
    """The brand's app, and Mara, who mentions it."""

    twin: XTwin

    def __init__(self, faults: Faults | None = None, *, requests: RateLimit | None = None, **settings: str) -> None:
        super().__init__(
            XTwin(World("harbour"), requests=requests or RateLimit.unlimited()),
            native_id=post_id,
            author=lambda account: Author(native_id=str(2_244_994_000 + account.number), handle=account.handle),
            posts_to="/2/tweets",
            faults=faults,
            **settings,
        )
