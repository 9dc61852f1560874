"""Another system, for tests: its twin, over real HTTP."""

from __future__ import annotations

from goodword.connectors.contract import Author
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.twins.faults import Faults
from goodword.connectors.twins.world import World
from goodword.connectors.webhook.twin import AnySystemTwin


class AnySystemWorld(TwinWorld):
    """One system, which takes answers and can be asked for them."""

    def __init__(self, faults: Faults | None = None, **settings: str) -> None:
        super().__init__(
            AnySystemTwin(World("harbour")),
            native_id=lambda post: str(post.number),
            author=lambda account: Author(native_id=f"u-{account.number}", name=account.name),
            posts_to="/replies",
            faults=faults,
            **settings,
        )
