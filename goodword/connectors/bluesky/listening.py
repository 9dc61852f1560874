"""Hears the network: from the cursor on, sifted, with the names of those who spoke."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import msgspec

from goodword.connectors.bluesky.account import Account, Ear
from goodword.connectors.bluesky.events import Event, Operation
from goodword.connectors.bluesky.firehose import open_firehose
from goodword.connectors.bluesky.identifiers import RecordAddress
from goodword.connectors.bluesky.jetstream import open_jetstream
from goodword.connectors.bluesky.jetstream_2 import open_jetstream_2
from goodword.connectors.bluesky.notifications import said_to_us
from goodword.connectors.bluesky.profiles import Profiles
from goodword.connectors.bluesky.session import Session
from goodword.connectors.bluesky.sifting import Sieve
from goodword.connectors.bluesky.stream import Stream
from goodword.connectors.contract import Cursor, Delivery, Gap, Interest, Raw, Refused, Retry
from goodword.connectors.storable import bounded
from goodword.kernel.websocket import Disconnected

_WAIT = 0.5  # seconds for something to come, before we look whether to stop
_KEEP_CURSOR_EVERY = 2.0  # seconds; a cursor without news is a write for nothing
_SIGN_OF_LIFE = 15.0
_AGAIN_AFTER = timedelta(seconds=2)

_Open = Callable[[str, Cursor, datetime, Callable[[], datetime]], AbstractContextManager[Stream]]
_OPEN: dict[Ear, _Open] = {
    Ear.JETSTREAM: open_jetstream,
    Ear.JETSTREAM_2: open_jetstream_2,
    Ear.FIREHOSE: open_firehose,
}


def listen(
    account: Account, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime], interest: Interest
) -> Iterator[Delivery]:
    """Deliveries of what is for us. Raises `Retry`, `Refused`."""
    position = dict(cursor.get(account.ear, {}))  # each stream counts in its own way
    begin = datetime.fromisoformat(cursor["begin"]) if "begin" in cursor else now() - account.history
    cursor = {**cursor, "begin": begin.isoformat()}
    try:
        with Session(account, now) as session, _OPEN[account.ear](account.stream, position, begin, now) as stream:
            yield from _deliveries(session, stream, account.ear, dict(cursor), stop, interest)
    except Disconnected as error:
        raise Retry(f"{account.stream}: {error}", after=_AGAIN_AFTER) from error


def _deliveries(
    session: Session, stream: Stream, ear: Ear, cursor: dict[str, object], stop: Callable[[], bool], interest: Interest
) -> Iterator[Delivery]:
    sieve, profiles = Sieve(session.did, interest), Profiles(session)
    yield Delivery(raws=(), cursor=cursor)  # the line is open
    told_at = time.monotonic()
    while not stop():
        batch = stream.receive(_WAIT)
        events = [*_missed(session, batch.gaps), *sieve.keep(batch.events)]
        has_moved = bool(batch.cursor) and batch.cursor != cursor.get(ear)
        quiet = time.monotonic() - told_at
        if batch.cursor:
            cursor[ear] = batch.cursor
        is_due = quiet > _SIGN_OF_LIFE or (has_moved and quiet > _KEEP_CURSOR_EVERY)
        if events or batch.gaps or is_due:
            raws = tuple(_raws(events, session.did, profiles))
            yield Delivery(raws=raws, cursor=dict(cursor), gaps=batch.gaps)
            told_at = time.monotonic()


def _missed(session: Session, gaps: Sequence[Gap]) -> Sequence[Event]:
    """What was said to the account in gaps of the stream, oldest first, where the network's view can tell."""
    if not gaps:
        return ()
    try:
        return list(said_to_us(session, since=min(gap.since for gap in gaps)))[::-1]
    except (Refused, Retry):
        return ()


def _raws(events: Sequence[Event], did: str, profiles: Profiles) -> Iterator[Raw]:
    speaking = [event.did for event in events if event.commit and event.commit.operation != Operation.DELETE]
    known = profiles.of(speaking)
    for event in events:
        address, commit = event.address, event.commit
        assert isinstance(address, RecordAddress) and commit is not None
        event.heard_by, event.author = did, known.get(event.did)
        delivery_id = bounded(f"{event.did}/{address.rkey}/{commit.rev or event.time_us}")
        yield Raw(delivery_id, msgspec.json.encode(event))
