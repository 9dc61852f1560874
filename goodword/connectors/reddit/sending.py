"""Answers a post or comment by a comment. The API takes no key: after a lost answer we look for our own words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from goodword.connectors.contract import Outgoing, Receipt, Refused, Retry, Uncertain
from goodword.connectors.reddit.place import NETWORK, Place
from goodword.connectors.reddit.session import Session
from goodword.connectors.reddit.things import Thing, read_listing

_PAGES = 5
_PAGE = 100
_SITE = "https://www.reddit.com"


class _Child(msgspec.Struct):
    data: Thing


class _Data(msgspec.Struct):
    things: list[_Child] = []


class _Json(msgspec.Struct):
    errors: list[list[str | None]] = []
    data: _Data = msgspec.field(default_factory=_Data)
    ratelimit: float | None = None  # seconds


class _Answer(msgspec.Struct):
    json: _Json


def send(place: Place, outgoing: Outgoing) -> Receipt:
    """Raises `Refused`, `Retry` (surely not posted), `Uncertain`."""
    _check(place, outgoing)
    with Session(place) as session:
        form = {"thing_id": outgoing.in_reply_to or "", "text": outgoing.text}
        told = session.post("/api/comment", form).read(_Answer).json
    if told.errors:
        raise _no(told)
    if not told.data.things:
        raise Uncertain(f"{NETWORK} didn't say whether the comment was posted.")
    return _receipt(told.data.things[0].data)


def find_sent(place: Place, outgoing: Outgoing) -> Receipt | None:
    """Among our newest comments, one that answers the same with the same words. Raises `Uncertain`, `Refused`."""
    _check(place, outgoing)
    try:
        with Session(place) as session:
            after = ""
            for _ in range(_PAGES):
                query = [("limit", str(_PAGE)), ("sort", "new"), *([("after", after)] if after else [])]
                listing = read_listing(session.get(f"/user/{place.username}/comments", query))
                for thing in listing.things():
                    is_same = _words(thing.body) == _words(outgoing.text)
                    if thing.parent_id == outgoing.in_reply_to and is_same and _is_since(thing, outgoing):
                        return _receipt(thing)
                after = listing.data.after or ""
                if not after:
                    return None
    except Retry as error:
        raise Uncertain(f"{NETWORK} can't be asked whether the comment was posted. {error}") from error
    raise Uncertain("Our account wrote so much since that the comment can't be looked for.")


def _is_since(thing: Thing, outgoing: Outgoing) -> bool:
    is_time = 0 < thing.created_utc < 2**33
    return not is_time or outgoing.may_stand_since(datetime.fromtimestamp(thing.created_utc, UTC))


def _check(place: Place, outgoing: Outgoing) -> None:
    if not place.username:
        raise Refused("Setting “Account that answers”: it is missing.")
    if not outgoing.in_reply_to:
        raise Refused(f"On {NETWORK} only posts and comments can be answered.")


def _no(told: _Json) -> Refused | Retry:
    """Codes as https://github.com/reddit-archive/reddit/blob/master/r2/r2/lib/errors.py has them."""
    code, said = (*(str(each or "") for each in told.errors[0]), "", "")[:2]
    if code == "RATELIMIT":
        wait = min(max(told.ratelimit or 60, 1), 3600)
        return Retry(f"{NETWORK} lets this account comment only now and then.", after=timedelta(seconds=wait))
    if code in {"DELETED_COMMENT", "DELETED_LINK"}:
        return Refused("The customer has deleted what this answers.")
    if code in {"TOO_OLD", "THREAD_LOCKED"}:
        return Refused(f"Nobody can answer there any more: it is too old, or closed. {said[:200]}".rstrip())
    return Refused(f"{NETWORK} refused: {said[:200] or code[:50]}")


def _words(text: str) -> str:
    """Without what the network may change in it."""
    return " ".join(text.split())


def _receipt(thing: Thing) -> Receipt:
    at = datetime.fromtimestamp(thing.created_utc, UTC) if 0 < thing.created_utc < 2**33 else datetime.now(UTC)
    return Receipt(thing.name, at, url=f"{_SITE}{thing.permalink}" if thing.permalink.startswith("/") else None)
