"""The worlds that the contract suite tries Bluesky in: a real network (firehose), and its twin (Jetstream)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Self

from goodword.connectors.bluesky.twin import BlueskyTwin
from goodword.connectors.bluesky.twin_records import address_of, did_of
from goodword.connectors.contract import Author, Outgoing, Settings
from goodword.connectors.reach import set_web_networks, web_networks
from goodword.connectors.twins.faults import Faults, RateLimit
from goodword.connectors.twins.server import Served
from goodword.connectors.twins.world import World
from tests.realatproto import RealNetwork

NOBODY = {"service": "http://127.0.0.1:9", "stream": "ws://127.0.0.1:9"}


class BlueskyWorld:
    """A customer who writes to the brand."""

    def __init__(self, network: RealNetwork) -> None:
        self._network = network
        self.brand, self.mara = network.join("harbour"), network.join("mara")
        self._said: list[str] = []
        self._is_cut = False

    @property
    def settings(self) -> Settings:
        return self._network.settings(self.brand, **(NOBODY if self._is_cut else {}))

    def now(self) -> datetime:
        return datetime.now(UTC)

    def speak(self, count: int) -> list[str]:
        said = [self.mara.mention(self.brand, f"this is post {len(self._said) + n}") for n in range(count)]
        self._said += said
        return said

    def cut(self) -> None:
        self._is_cut = True

    def mend(self) -> None:
        self._is_cut = False

    def reply(self, key: str) -> Outgoing:
        return reply_to(self._said[-1], key, Author(self.mara.did, self.mara.handle))

    def arrived(self, key: str) -> int:
        return sum(f"({key})" in record["value"]["text"] for record in self.brand.records())

    def lose_next_receipt(self) -> None:
        self._network.lose_next_receipt()


def reply_to(uri: str, key: str, to: Author, *, text: str = "Here is what we did about it") -> Outgoing:
    """A plain public reply."""
    return Outgoing(
        idempotency_key=key,
        text=f"{text} ({key}).",
        private=False,
        thread=None,
        in_reply_to=uri,
        references=(uri,),
        to=to,
    )


class BlueskyTwinWorld:
    """The twin of the network, with the brand and a customer; the loopback may be reached while it stands."""

    def __init__(self, faults: Faults | None = None) -> None:
        self.world = World("harbour")
        self.mara = self.world.account("mara", name="Mara Jovanović")
        self.twin = BlueskyTwin(self.world, points=RateLimit.unlimited(), sign_ins=RateLimit.unlimited())
        self.faults = faults or Faults()
        self.served = Served(self.twin, faults=self.faults)
        self.settings: Settings = {}

    def __enter__(self) -> Self:
        self._networks = [str(network) for network in web_networks()]
        set_web_networks(["127.0.0.0/8"])
        self.settings = {**self.twin.settings(self.served.__enter__()), "history_hours": "1"}
        return self

    def __exit__(self, *_error: object) -> None:
        self.served.cut()
        set_web_networks(self._networks)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def says(self, text: str) -> str:
        """The customer says something to the brand; the at-URI."""
        return str(address_of(self.world.say(self.mara, f"@harbour {text}")))

    def speak(self, count: int) -> list[str]:
        return [self.says(f"This is number {number}.") for number in range(count)]

    def cut(self) -> None:
        self.served.cut()

    def mend(self) -> None:
        self.served.mend()

    def reply(self, key: str) -> Outgoing:
        last = [post for post in self.world.posts() if post.author == self.mara][-1]
        return reply_to(str(address_of(last)), key, Author(did_of(self.mara)))

    def arrived(self, key: str) -> int:
        return sum(f"({key})" in post.text for post in self.world.posts())

    def lose_next_receipt(self) -> None:
        self.faults.lose_next_answer("/xrpc/com.atproto.repo.createRecord")
