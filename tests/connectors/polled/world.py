"""A shop that gives its reviews as JSON and CSV, for tests: its twin, over real HTTP."""

from __future__ import annotations

from goodword.connectors.contract import Author
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.polled.twin import ShopTwin
from goodword.connectors.twins.faults import Faults
from goodword.connectors.twins.world import World

AS_CSV = {"items_path": "", "text_path": "Words", "author_path": "Who", "author_id_path": "", "id_path": "Number"}


class ShopWorld(TwinWorld):
    """One shop, which is asked all the time."""

    def __init__(self, faults: Faults | None = None, **settings: str) -> None:
        super().__init__(
            ShopTwin(World("harbour")),
            native_id=lambda post: str(post.number),
            author=lambda account: Author(native_id=f"c-{account.number}"),
            posts_to="/",
            faults=faults,
            **{"every_minutes": "0.001", **settings},
        )

    def csv_settings(self) -> dict[str, str]:
        """Of the same reviews, as CSV."""
        address = f"{self.served.address}/reviews.csv"
        return {**self.settings, **AS_CSV, "address": address, "at_path": "When", "stars_path": "", "url_path": ""}
