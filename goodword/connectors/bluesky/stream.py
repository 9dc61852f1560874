"""What both ways of hearing the network have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from goodword.connectors.bluesky.events import Event
from goodword.connectors.contract import Cursor, Gap, Refused
from goodword.connectors.reach import web_networks
from goodword.kernel.checked_connection import Forbidden
from goodword.kernel.websocket import WebSocket


@dataclass(frozen=True, slots=True)
class Batch:
    """Events in the order in which they came, the cursor after them, and what is known to be missing."""

    events: Sequence[Event]
    cursor: Cursor
    gaps: tuple[Gap, ...] = ()
    frames: int = 0  # messages that were looked at; some tell no event


class Stream(Protocol):
    """An open line to the network."""

    def receive(self, seconds: float) -> Batch:
        """What came; an empty batch when nothing did within `seconds`. Raises `Disconnected`, `Retry`, `Refused`."""
        ...


def connected(url: str, *, subprotocol: str = "") -> WebSocket:
    """A websocket. Raises `Disconnected`, `Refused`."""
    try:
        return WebSocket.connect(url, subprotocol=subprotocol, also=web_networks())
    except Forbidden as error:
        raise Refused(
            f"The address of the stream: {error} Whoever runs this installation can allow its network by"
            " GOODWORD_ALSO_FETCH_FROM, e.g. 127.0.0.0/8 for this machine."
        ) from error
