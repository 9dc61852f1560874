"""What was said to the account lately, as the network's view remembers it: to show, and to fill a gap of the stream."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from goodword.connectors.bluesky.events import Commit, Event, Operation, Profile
from goodword.connectors.bluesky.identifiers import POSTS, RecordAddress
from goodword.connectors.bluesky.session import Session

_REASONS = ("mention", "reply", "quote")
_A_PAGE = 50
_MOST_PAGES = 20


class _Author(Profile, rename="camel"):
    did: str = ""


class _Notification(msgspec.Struct, rename="camel"):
    uri: str
    cid: str
    author: _Author
    reason: str
    record: msgspec.Raw
    indexed_at: datetime


class _Page(msgspec.Struct):
    notifications: list[_Notification]
    cursor: str = ""


def said_to_us(session: Session, *, since: datetime) -> Iterator[Event]:
    """Newest first. Raises as `Session` does."""
    cursor = ""
    for _page in range(_MOST_PAGES):
        query = [("limit", str(_A_PAGE)), *(("reasons", reason) for reason in _REASONS)]
        page = session.get(
            "app.bsky.notification.listNotifications", [*query, *([("cursor", cursor)] if cursor else [])]
        ).read(_Page)
        for told in page.notifications:
            if told.indexed_at < since:
                return
            if told.reason in _REASONS and (event := _event(told, session.did)):
                yield event
        cursor = page.cursor
        if not cursor or not page.notifications:
            return


def _event(told: _Notification, did: str) -> Event | None:
    address = RecordAddress.read(told.uri)
    if address is None or address.collection != POSTS:
        return None
    return Event(
        address.did,
        int(told.indexed_at.astimezone(UTC).timestamp() * 1_000_000),
        commit=Commit(Operation.CREATE, POSTS, address.rkey, cid=told.cid, record=told.record),
        heard_by=did,
        author=Profile(told.author.handle, told.author.display_name, told.author.followers_count),
    )
