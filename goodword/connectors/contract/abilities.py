"""What the house calls: `Connector`, which every one is, and the abilities that it may have beside.

They are protocols, found by their methods. Each says what it may raise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from goodword.connectors.contract.capabilities import Capabilities
from goodword.connectors.contract.connecting import Check, Field, Step
from goodword.connectors.contract.heard import Heard
from goodword.connectors.contract.outgoing import Outgoing, Receipt
from goodword.connectors.contract.raw import Cursor, Delivery, Raw, Settings


@runtime_checkable
class Guides(Protocol):
    """A connector whose network wants something created first: what, in order."""

    steps: Sequence[Step]


@runtime_checkable
class Connector(Protocol):
    """What every connector has. The optional abilities are the protocols below."""

    key: str
    label: str
    fields: Sequence[Field]

    def capabilities(self, settings: Settings) -> Capabilities:
        """What this source can do; an instance may tell its own limits through its settings."""
        ...

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure: the same bytes always give the same result. Raises `Malformed` with a reason."""
        ...


@runtime_checkable
class NamesChannel(Protocol):
    """A connector of a medium that others connect to as well: what is said there has one channel, whoever heard it."""

    channel: str


@runtime_checkable
class Listens(Protocol):
    """A connector that goes and gets (polling, a socket, IMAP IDLE)."""

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """Yield deliveries until `stop()`; at least every 30 s, be it an empty one.

        Each delivery is stored before the next is asked for. `Retry` and `Refused` end the generator; the house
        records the gap and starts again from the stored cursor, so a few items may come twice.
        """
        ...


@runtime_checkable
class Sends(Protocol):
    """A connector that can answer."""

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Deliver once. Raises `Refused` (final), `Retry` (surely not sent), `Uncertain` (perhaps sent)."""
        ...

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Whether a reply arrived: its receipt, or None when the network says it did not.

        Raises `Uncertain` where the network can't be asked.
        """
        ...


@dataclass(frozen=True, slots=True)
class Attention:
    """What somebody who waits on a live channel may expect at a moment."""

    is_open: bool
    next_opening: datetime | None  # the moment itself while open; None: never
    answer_within: timedelta  # then the team is alarmed, and the customer asked for another way to be reached
    give_up_after: timedelta  # then the customer is told what happens next


@runtime_checkable
class Attends(Protocol):
    """A live channel, which knows when somebody is there and how long a customer may wait."""

    def attention(self, *, settings: Settings, at: datetime) -> Attention:
        """Pure; never raises: settings that can't be read count as not given."""
        ...


@runtime_checkable
class Fetches(Protocol):
    """A connector whose files can't be had by their address alone: they need its secrets, or a question before.

    All its `Media.url` are asked of it, and only by it: they may be names of its own, which nobody else could fetch.
    """

    def fetch(self, *, settings: Settings, url: str, max_bytes: int) -> bytes:
        """The file. Raises `Refused` (gone, larger than `max_bytes`) and `Retry`."""
        ...


@runtime_checkable
class Checks(Protocol):
    """A connector that can say whether its settings work, without posting anything."""

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Try each step of connecting; never raises for a wrong setting.

        Of a source that is connected, `settings["last_raw"]` is the newest `Raw` that came in, or None.
        """
        ...
