"""Jetstream: the network's changes as JSON over a websocket, resumed by a time in microseconds.

It is unsigned, which is why the record is fetched again before anything is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import msgspec

from goodword.connectors.bluesky.account import Ear
from goodword.connectors.bluesky.events import Event
from goodword.connectors.bluesky.identifiers import POSTS
from goodword.connectors.bluesky.stream import Batch, Stream, connected
from goodword.connectors.contract import Cursor, Gap
from goodword.kernel.websocket import Disconnected, WebSocket

REWIND = timedelta(seconds=5)  # what came just before the cursor may have come in another order
_TOO_FAR = timedelta(minutes=10)  # from the cursor to the first event: the whole network is never so quiet
_decode = msgspec.json.Decoder(Event).decode


@contextmanager
def open_jetstream(address: str, cursor: Cursor, begin: datetime, now: Callable[[], datetime]) -> Iterator[Stream]:
    """From the cursor on, at first from `begin`. Raises `Disconnected`, `Refused`."""
    since = int(cursor.get("time_us") or begin.timestamp() * 1_000_000)
    with _connect(address, since, now) as (line, gaps):
        yield _Jetstream(line, since, gaps, now, is_first=not cursor)


@contextmanager
def _connect(address: str, since: int, now: Callable[[], datetime]) -> Iterator[tuple[WebSocket, tuple[Gap, ...]]]:
    """A server that no longer has the cursor's time is listened to from now on, and the gap told."""
    gaps: tuple[Gap, ...] = ()
    try:
        line = connected(_url(address, since))
    except Disconnected as refusal:
        if refusal.status != 400:
            raise
        line, gaps = connected(_url(address, None)), (_gap(_moment(since), now()),)
    with line:
        yield line, gaps


def _url(address: str, since: int | None) -> str:
    query = [("wantedCollections", POSTS)]
    if since is not None:
        query.append(("cursor", str(since - REWIND // timedelta(microseconds=1))))
    return f"{address}{Ear.JETSTREAM.path}?{urlencode(query)}"


class _Jetstream:
    """An open line, and how far it has been heard."""

    def __init__(
        self, line: WebSocket, since: int, gaps: tuple[Gap, ...], now: Callable[[], datetime], *, is_first: bool
    ) -> None:
        self._line = line
        self._since = since
        self._gaps = gaps
        self._may_have_missed = not is_first and not gaps
        self._opened = now()

    def receive(self, seconds: float) -> Batch:
        """See `Stream`."""
        frames = self._line.receive(seconds)
        events = []
        for frame in frames:
            try:
                events.append(_decode(frame))
            except msgspec.DecodeError:
                continue  # another kind of message, or a post that no app could show
        gaps, self._gaps = self._gaps + self._missed(events), ()
        self._since = max(self._since, events[-1].time_us) if events else self._since
        return Batch(events, {"time_us": self._since}, gaps, len(frames))

    def _missed(self, events: list[Event]) -> tuple[Gap, ...]:
        """Where what it still has begins long after our cursor, which it doesn't say by itself."""
        if not self._may_have_missed or not events:
            return ()
        self._may_have_missed = False
        heard, begins = _moment(self._since), events[0].at
        return (_gap(heard, begins),) if min(begins, self._opened) - heard > _TOO_FAR else ()


def _gap(since: datetime, until: datetime) -> Gap:
    return Gap(since, max(since, until), "Jetstream no longer has what was said before.")


def _moment(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)
