"""A Mastodon instance for tests: its twin, over real HTTP and a real websocket."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Self

from goodword.connectors.contract import Outgoing, Settings
from goodword.connectors.mastodon.twin import MastodonTwin
from goodword.connectors.mastodon.twin_entities import status_id
from goodword.connectors.reach import set_web_networks, web_networks
from goodword.connectors.twins.faults import Faults, RateLimit
from goodword.connectors.twins.server import Served
from goodword.connectors.twins.world import Post, World
from tests.connectors.worlds import reply_to


class MastodonWorld:
    """One instance with the brand and a customer; the loopback may be reached while it stands."""

    def __init__(self, faults: Faults | None = None) -> None:
        self.world = World("harbour")
        self.mara = self.world.account("mara", name="Mara Jovanović")
        self.twin = MastodonTwin(self.world, requests=RateLimit.unlimited(), uploads=RateLimit.unlimited())
        self.faults = faults or Faults()
        self.served = Served(self.twin, faults=self.faults)
        self.settings: Settings = {}

    def __enter__(self) -> Self:
        self._networks = [str(network) for network in web_networks()]
        set_web_networks(["127.0.0.0/8"])
        self.settings = dict(self.twin.settings(self.served.__enter__()))
        return self

    def __exit__(self, *_error: object) -> None:
        self.served.cut()
        set_web_networks(self._networks)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def says(self, text: str) -> Post:
        """The customer says something to the brand."""
        return self.world.say(self.mara, f"@harbour {text}")

    def speak(self, count: int) -> list[str]:
        return [status_id(self.says(f"This is number {number}.")) for number in range(count)]

    def cut(self) -> None:
        self.served.cut()

    def mend(self) -> None:
        self.served.mend()

    def reply(self, key: str) -> Outgoing:
        last = [post for post in self.world.posts() if post.author == self.mara][-1]
        outgoing = reply_to(status_id(last), key)
        return Outgoing(**{**{name: getattr(outgoing, name) for name in outgoing.__slots__}, "private": False})

    def arrived(self, key: str) -> int:
        return sum(f"({key})" in post.text for post in self.world.posts())

    def lose_next_receipt(self) -> None:
        self.faults.lose_next_answer("/api/v1/statuses", method="POST")
