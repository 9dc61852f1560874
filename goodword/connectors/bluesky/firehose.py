"""The firehose (`com.atproto.sync.subscribeRepos`): the network's changes as DAG-CBOR and CAR, resumed by a number.

A relay tells those of the whole network, a PDS those of its own accounts. What is understood becomes the same events
that Jetstream tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import libipld
import msgspec

from goodword.connectors.bluesky.account import Ear
from goodword.connectors.bluesky.events import AccountStatus, Commit, Event, Operation
from goodword.connectors.bluesky.identifiers import POSTS
from goodword.connectors.bluesky.stream import Batch, Stream, connected
from goodword.connectors.contract import Cursor, Gap, Retry
from goodword.kernel.websocket import WebSocket

_OPERATIONS = {operation.value for operation in Operation}
_JUST_NOW = timedelta(seconds=5)
_CBOR_LINK = 0x01  # the first byte of a content id in binary, version 1


@contextmanager
def open_firehose(address: str, cursor: Cursor, begin: datetime, now: Callable[[], datetime]) -> Iterator[Stream]:
    """From after the cursor on, at first from `begin`: then all that the other side still has goes by.

    Raises `Disconnected`, `Refused`.
    """
    from_start = {"cursor": 0} if now() - begin > _JUST_NOW else {}
    query = urlencode({"cursor": cursor["seq"]} if cursor.get("seq") else from_start)
    with connected(f"{address}{Ear.FIREHOSE.path}?{query}".rstrip("?")) as line:
        yield _Firehose(line, dict(cursor), begin)


class _Firehose:
    """An open line, and how far it has been heard."""

    def __init__(self, line: WebSocket, cursor: dict[str, Any], begin: datetime) -> None:
        self._line = line
        self._cursor = cursor
        self._begin = begin
        self._heard = datetime.fromtimestamp(cursor["time_us"] / 1_000_000, UTC) if cursor.get("time_us") else None
        self._is_behind = False  # what we asked for is gone at the other side

    def receive(self, seconds: float) -> Batch:
        """See `Stream`."""
        events: list[Event] = []
        gaps: list[Gap] = []
        frames = self._line.receive(seconds)
        for frame in frames:
            kind, body = _parts(frame)
            if kind == "#info" and body.get("name") == "OutdatedCursor":
                self._is_behind = True
            at = _time(body.get("time"))
            if at is None:
                continue
            if self._is_behind and self._heard:
                self._is_behind = False
                gaps.append(Gap(self._heard, max(self._heard, at), "The firehose no longer has what was said before."))
            self._heard = at
            if isinstance(body.get("seq"), int):
                self._cursor = {"seq": body["seq"], "time_us": _microseconds(at)}
            if kind == "#commit" and at >= self._begin:
                events += events_of(body, at)
            elif kind == "#account" and isinstance(body.get("did"), str):
                account = AccountStatus(body.get("active") is not False, str(body.get("status", "")))
                events.append(Event(body["did"], _microseconds(at), kind="account", account=account))
        return Batch(events, dict(self._cursor), tuple(gaps), len(frames))


def _parts(frame: bytes) -> tuple[str, Mapping[str, Any]]:
    """What kind of message it is, and what it says; nothing where it can't be read. Raises `Retry` for an error."""
    try:
        parts = libipld.decode_dag_cbor_multi(frame)
    except (ValueError, RecursionError):
        return "", {}
    if len(parts) != 2 or not isinstance(parts[0], dict) or not isinstance(parts[1], dict):
        return "", {}
    header, body = parts
    if header.get("op") == -1:
        raise Retry(f"The firehose ended: {str(body.get('error', 'no reason'))[:100]}")
    kind = header.get("t")
    return (kind if isinstance(kind, str) else ""), body


def events_of(body: Mapping[str, Any], at: datetime) -> Sequence[Event]:
    """The changes of posts in one commit. What is malformed is left out."""
    did, rev, operations = body.get("repo"), body.get("rev"), body.get("ops")
    if not isinstance(did, str) or not isinstance(rev, str) or not isinstance(operations, list):
        return ()
    changes = [change for change in operations if _is_of_post(change)]
    if not changes:
        return ()
    blocks = _blocks(body.get("blocks"))
    events = []
    for change in changes:
        commit = _commit(change, rev, blocks)
        if commit is not None:
            events.append(Event(did=did, time_us=_microseconds(at), commit=commit))
    return events


def _is_of_post(change: object) -> bool:
    return isinstance(change, dict) and isinstance(path := change.get("path"), str) and path.startswith(f"{POSTS}/")


def _commit(change: Mapping[str, Any], rev: str, blocks: Mapping[bytes, Any]) -> Commit | None:
    operation, rkey = change.get("action"), change["path"].partition("/")[2]
    if operation not in _OPERATIONS:
        return None
    if operation == Operation.DELETE:
        return Commit(operation, POSTS, rkey, rev)
    link = change.get("cid")
    record = blocks.get(link) if isinstance(link, bytes) else None
    if not isinstance(link, bytes) or not isinstance(record, dict):
        return None
    try:
        encoded = msgspec.json.encode(_as_json(record))
    except (TypeError, ValueError, RecursionError):
        return None
    return Commit(operation, POSTS, rkey, rev, libipld.encode_cid(link), msgspec.Raw(encoded))


def _blocks(car: object) -> Mapping[bytes, Any]:
    if not isinstance(car, bytes):
        return {}
    try:
        return libipld.decode_car(car)[1]
    except (ValueError, RecursionError):
        return {}


def _as_json(value: Any) -> Any:
    """As the protocol writes its data in JSON: links as `{"$link": …}`; other bytes are of no use to us."""
    if isinstance(value, dict):
        return {str(key): _as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_json(each) for each in value]
    if isinstance(value, bytes):
        return {"$link": libipld.encode_cid(value)} if value[:1] == bytes([_CBOR_LINK]) else None
    return value


def _time(told: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _microseconds(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)
