"""The worlds that the contract suite tries Bluesky in: a real network (firehose), and its twin (Jetstream)."""

from __future__ import annotations

from datetime import UTC, datetime

from goodword.connectors.bluesky.twin import BlueskyTwin
from goodword.connectors.bluesky.twin_records import address_of, did_of
from goodword.connectors.contract import Author, Outgoing, Settings
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.twins.faults import Faults, RateLimit
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

    def speak_elsewhere(self, text: str) -> str:
        return self.mara.post(text)

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


class BlueskyTwinWorld(TwinWorld):
    """The twin of the network, heard by its Jetstream."""

    def __init__(self, faults: Faults | None = None) -> None:
        twin = BlueskyTwin(World("harbour"), points=RateLimit.unlimited(), sign_ins=RateLimit.unlimited())
        super().__init__(
            twin,
            native_id=lambda post: str(address_of(post)),
            author=lambda account: Author(did_of(account)),
            posts_to="/xrpc/com.atproto.repo.createRecord",
            faults=faults,
            history_hours="1",
        )
