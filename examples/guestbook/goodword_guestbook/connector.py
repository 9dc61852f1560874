"""The guestbook as a connector: polled, answered by one call that takes a key."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import msgspec

from goodword.connectors.contract import (
    Author,
    Capabilities,
    Check,
    Cursor,
    Delivery,
    Direction,
    Field,
    FieldKind,
    Heard,
    Kind,
    Malformed,
    Outgoing,
    Raw,
    Receipt,
    Refused,
    Retry,
    Settings,
    Step,
    Uncertain,
)
from goodword.connectors.over_http.calls import Api
from goodword.connectors.storable import Short, bounded, storable_json

NETWORK = "Guestbook"
_LOOK_EVERY = 1.0  # seconds
_SIGN_OF_LIFE = 20.0
_PAGE = 100


class Entry(msgspec.Struct):
    """What stands in the book."""

    id: int
    at: datetime
    by: Short
    text: str
    answers: int | None = None
    key: str | None = None  # of what the brand wrote


class Guestbook:
    """One book of the brand."""

    key = "guestbook"
    label = NETWORK
    fields: Sequence[Field] = (
        Field("address", "Address of the book", kind=FieldKind.ADDRESS, guards_secrets=True),
        Field("token", "Token", secret=True),
    )
    steps: Sequence[Step] = (Step("Open your book's settings and make a token.", address="{address}/settings"),)

    def capabilities(self, settings: Settings) -> Capabilities:
        """Public answers of at most 400 characters; the book knows a key again."""
        return Capabilities(can_reply=True, can_find_sent=True, max_length=400, hears_edits=False)

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure: one entry is one thing said."""
        body, repaired = storable_json(raw.body)
        try:
            entry = msgspec.json.decode(body, type=Entry)
        except (msgspec.DecodeError, RecursionError) as error:
            raise Malformed(f"Not an entry of a guestbook: {error}.") from error
        if entry.at.tzinfo is None or not entry.by:
            raise Malformed("An entry needs a time with its zone, and who wrote it.")
        return (
            Heard(
                native_id=bounded(str(entry.id)),
                author=Author(native_id=bounded(entry.by), handle=entry.by),
                at=entry.at,
                text=entry.text,
                direction=Direction.OUT if entry.key else Direction.IN,
                kind=Kind.POST if entry.answers is None else Kind.REPLY,
                parent=None if entry.answers is None else bounded(str(entry.answers)),
                idempotency_key=entry.key or None,
                extra={"repaired": repaired} if repaired else {},
            ),
        )

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """What was written after the cursor, then what is written. Raises `Retry` and `Refused`."""
        read, said = int(cursor.get("read", 0)), time.monotonic()
        with _api(settings) as api:
            while not stop():
                page = api.get("/api/entries", [("after", str(read)), ("limit", str(_PAGE))]).read(list[Entry])
                if page or time.monotonic() - said > _SIGN_OF_LIFE:
                    read, said = max([read, *(entry.id for entry in page)]), time.monotonic()
                    yield Delivery(tuple(map(_raw, page)), {"read": read})
                if not page:
                    time.sleep(_LOOK_EVERY)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Write below an entry, once for each key. Raises `Refused`, `Retry`, `Uncertain`."""
        entry = {"text": outgoing.text, "answers": int(outgoing.in_reply_to or 0), "key": outgoing.idempotency_key}
        with _api(settings) as api:
            return _receipt(api.post("/api/entries", json=entry, commits=True).read(Entry))

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Ask the book for the key. Raises `Uncertain`, `Refused`."""
        try:
            with _api(settings) as api:
                found = api.get("/api/entries", [("key", outgoing.idempotency_key)]).read(list[Entry])
        except Retry as error:
            raise Uncertain(f"The book can't be asked for the answer. {error}") from error
        return _receipt(found[0]) if found else None

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Read the newest three entries; writes nothing."""
        try:
            with _api(settings) as api:
                newest = api.get("/api/entries", [("newest", "3")]).read(list[Entry])
            heard = tuple(heard for entry in newest for heard in self.parse(_raw(entry), settings))
        except (Refused, Retry, Malformed) as error:
            return (Check(NETWORK, passed=False, detail=str(error)),)
        return (Check(NETWORK, passed=True, detail="The book can be read.", heard=heard),)


def _api(settings: Settings) -> Api:
    token = str(settings.get("token") or "")
    if not token.isascii() or not token.isprintable():
        raise Refused("Setting “Token”: it has letters that no token has.")
    address = str(settings.get("address") or "").rstrip("/")
    return Api(address if "://" in address else f"https://{address}", network=NETWORK, headers={"Token": token})


def _raw(entry: Entry) -> Raw:
    return Raw(f"entry/{entry.id}", msgspec.json.encode(entry))


def _receipt(entry: Entry) -> Receipt:
    return Receipt(native_id=str(entry.id), at=entry.at)
