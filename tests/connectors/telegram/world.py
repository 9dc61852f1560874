"""Telegram for tests: its twin, over real HTTP."""

from __future__ import annotations

from goodword.connectors.contract import Author
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.telegram.parse import native_id
from goodword.connectors.telegram.twin import TOKEN, TelegramTwin, chat_id
from goodword.connectors.twins.faults import Faults, RateLimit
from goodword.connectors.twins.world import World


class TelegramWorld(TwinWorld):
    """A bot, and Mara, who writes to it alone."""

    twin: TelegramTwin

    def __init__(self, faults: Faults | None = None, *, messages: RateLimit | None = None, **settings: str) -> None:
        world = World("harbour")
        super().__init__(
            TelegramTwin(world, messages=messages or RateLimit.unlimited()),
            native_id=lambda post: native_id(chat_id(post, world), post.number),
            author=lambda account: Author(native_id=str(500_000_000 + account.number), handle=account.handle),
            posts_to=f"/bot{TOKEN}/sendMessage",
            faults=faults,
            **{"way": "polling", **settings},
        )
        self.ola = world.account("ola", name="Ola Bergström")  # writes in the group
