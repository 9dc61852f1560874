"""Jetstream, second version (`network.bsky.jetstream.subscribeEvents`): compressed by zstd, with its own dictionary.

Read from its lexicon, and tried against frames made after it. The cursor is a time as in the first one, since numbers
belong to one server alone; what it no longer has it says by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlencode

import msgspec
import zstandard

from goodword.connectors.bluesky.account import Ear
from goodword.connectors.bluesky.events import AccountStatus, Commit, Event
from goodword.connectors.bluesky.identifiers import POSTS
from goodword.connectors.bluesky.jetstream import REWIND
from goodword.connectors.bluesky.stream import Batch, Stream, connected
from goodword.connectors.contract import Cursor, Gap, Refused, Retry
from goodword.connectors.over_http.calls import Api
from goodword.kernel.websocket import Disconnected, WebSocket

_LARGEST = 4_000_000  # bytes of a frame when it is unpacked


class _Payload(msgspec.Struct, gc=False, rename="camel"):
    kind: str = msgspec.field(default="", name="$type")
    name: str = ""  # of a notice
    did: str = ""
    time: datetime | None = None
    witnessed_at: datetime | None = None
    rev: str = ""
    operation: str = ""
    collection: str = ""
    rkey: str = ""
    record: msgspec.Raw = msgspec.Raw()
    cid: str = ""
    account: AccountStatus | None = None


class _Frame(msgspec.Struct, gc=False):
    payload: _Payload | None = None
    error: str = ""


_decode = msgspec.json.Decoder(_Frame).decode


@contextmanager
def open_jetstream_2(address: str, cursor: Cursor, begin: datetime, now: Callable[[], datetime]) -> Iterator[Stream]:
    """From the cursor on, at first from `begin`. Raises `Disconnected`, `Refused`."""
    heard = datetime.fromtimestamp(cursor["time_us"] / 1_000_000, UTC) if cursor.get("time_us") else None
    query = [
        ("kinds", "commit"),
        ("kinds", "account"),
        ("collections", POSTS),
        ("cursor", str(_microseconds(begin if heard is None else heard - REWIND))),
    ]
    dictionary = _dictionary(address)
    with _connect(address, query, dictionary) as (line, unpack):
        yield _Jetstream2(line, unpack, heard)


@contextmanager
def _connect(
    address: str, query: list[tuple[str, str]], dictionary: zstandard.ZstdCompressionDict | None
) -> Iterator[tuple[WebSocket, Callable[[bytes], bytes]]]:
    """Compressed if it can be: a dictionary that is no longer known is done without."""
    if dictionary is not None:
        compressed = [*query, ("zstdDictionary", str(dictionary.dict_id()))]
        try:
            line = _line(address, compressed)
        except Disconnected as refusal:
            if refusal.status != 400:
                raise
        else:
            with line:
                yield line, _unpacking(dictionary)
            return
    with _line(address, query) as line:
        yield line, lambda frame: frame


def _line(address: str, query: list[tuple[str, str]]) -> WebSocket:
    ear = Ear.JETSTREAM_2
    return connected(f"{address}{ear.path}?{urlencode(query)}", subprotocol=ear.subprotocol)


def _dictionary(address: str) -> zstandard.ZstdCompressionDict | None:
    """What the server compresses with; None where it can't be had, which costs only bytes."""
    try:
        with Api(address.replace("ws", "http", 1), network="Jetstream") as api:
            content = api.get("/xrpc/network.bsky.jetstream.getZstdDictionary").content
    except (Refused, Retry):
        return None
    dictionary = zstandard.ZstdCompressionDict(content)
    return dictionary if dictionary.dict_id() else None


def _unpacking(dictionary: zstandard.ZstdCompressionDict) -> Callable[[bytes], bytes]:
    decompressor = zstandard.ZstdDecompressor(dict_data=dictionary)

    def unpack(frame: bytes) -> bytes:
        """Raises `zstandard.ZstdError`, also for what would unfold to more than a frame may be."""
        if zstandard.frame_content_size(frame) > _LARGEST:
            raise zstandard.ZstdError("too large a frame")
        return decompressor.decompress(frame, max_output_size=_LARGEST)

    return unpack


class _Jetstream2:
    """An open line, and how far it has been heard."""

    def __init__(self, line: WebSocket, unpack: Callable[[bytes], bytes], heard: datetime | None) -> None:
        self._line = line
        self._unpack = unpack
        self._heard = heard
        self._is_behind = False  # what we asked for is gone at the other side

    def receive(self, seconds: float) -> Batch:
        """See `Stream`."""
        frames = self._line.receive(seconds)
        events: list[Event] = []
        gaps: list[Gap] = []
        for frame in frames:
            payload = self._payload(frame)
            if payload is None:
                continue
            self._is_behind = self._is_behind or payload.name == "OutdatedCursor"
            at = payload.witnessed_at or payload.time
            if at is None or at.tzinfo is None:
                continue
            if self._is_behind and self._heard:
                gaps.append(Gap(self._heard, max(self._heard, at), "Jetstream no longer has what was said before."))
            self._is_behind = False
            self._heard = max(self._heard or at, at)
            if payload.kind.endswith("#commit"):
                events.append(_event(payload, at))
            elif payload.account is not None:
                events.append(Event(payload.did, _microseconds(at), kind="account", account=payload.account))
        return Batch(events, {"time_us": _microseconds(self._heard)} if self._heard else {}, tuple(gaps), len(frames))

    def _payload(self, frame: bytes) -> _Payload | None:
        try:
            told = _decode(self._unpack(frame))
        except (zstandard.ZstdError, msgspec.DecodeError):
            return None  # nothing that an app could show
        if told.error:
            raise Retry(f"Jetstream ended: {told.error[:100]}")
        return told.payload


def _event(payload: _Payload, at: datetime) -> Event:
    commit = Commit(
        payload.operation, payload.collection, payload.rkey, payload.rev, payload.cid, record=payload.record
    )
    return Event(payload.did, _microseconds(at), commit=commit)


def _microseconds(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)
