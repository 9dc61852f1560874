"""A twin as the world that a connector is tried in, over real HTTP and real websockets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Self

from goodword.connectors.contract import Author, Outgoing, Settings
from goodword.connectors.reach import set_web_networks, web_networks
from goodword.connectors.twins.faults import Faults
from goodword.connectors.twins.server import Served, Twin
from goodword.connectors.twins.world import Account, Post


class TwinWorld:
    """The brand and a customer on a twin; while it stands, the loopback may be reached.

    `native_id` gives the id that the connector knows a post by, `author` how it knows an account; `posts_to` is the
    path that a reply is posted to.
    """

    def __init__(
        self,
        twin: Twin,
        *,
        native_id: Callable[[Post], str],
        author: Callable[[Account], Author],
        posts_to: str,
        faults: Faults | None = None,
        **settings: str,
    ) -> None:
        self.twin, self.world = twin, twin.world
        self.mara = self.world.account("mara", name="Mara Jovanović")
        self.faults = faults or Faults()
        self.served = Served(twin, faults=self.faults)
        self.settings: Settings = {}
        self._native_id, self._author, self._posts_to, self._more = native_id, author, posts_to, settings

    def __enter__(self) -> Self:
        self._networks = [str(network) for network in web_networks()]
        set_web_networks(["127.0.0.0/8"])
        self.served.mend()
        self.settings = {**self.twin.settings(self.served.address), **self._more}
        return self

    def __exit__(self, *_error: object) -> None:
        self.served.cut()
        set_web_networks(self._networks)

    def now(self) -> datetime:
        """The network's clock."""
        return datetime.now(UTC)

    def says(self, text: str) -> Post:
        """The customer says something to the brand."""
        return self.world.say(self.mara, f"@{self.world.brand.handle} {text}")

    def speak(self, count: int) -> list[str]:
        """The customer says so many things; their native ids."""
        return [self._native_id(self.says(f"This is number {number}.")) for number in range(count)]

    def speak_elsewhere(self, text: str) -> str:
        """The customer says this to nobody in particular."""
        return self._native_id(self.world.say(self.mara, text))

    def cut(self) -> None:
        """Nobody answers any more."""
        self.served.cut()

    def mend(self) -> None:
        """The same network again, at the same address."""
        self.served.mend()

    def reply(self, key: str) -> Outgoing:
        """A public reply to what the customer said last."""
        last = [post for post in self.world.posts() if post.author == self.mara][-1]
        return Outgoing(
            idempotency_key=key,
            text=f"Here is what we did about it ({key}).",
            private=False,
            thread=None,
            in_reply_to=self._native_id(last),
            references=(self._native_id(last),),
            to=self._author(self.mara),
        )

    def arrived(self, key: str) -> int:
        """How many posts bear the words of the reply with this key."""
        return sum(f"({key})" in post.text for post in self.world.posts())

    def lose_next_receipt(self) -> None:
        """The next reply is posted, and the answer breaks off."""
        self.faults.lose_next_answer(self._posts_to, method="POST")
