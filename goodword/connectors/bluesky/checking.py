"""“Test it now”: signs in, opens the stream, shows what was said to the account last. Posts nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

import msgspec

from goodword.connectors.bluesky.account import Account, read_account
from goodword.connectors.bluesky.notifications import said_to_us
from goodword.connectors.bluesky.parse import parse
from goodword.connectors.bluesky.session import Session
from goodword.connectors.bluesky.stream import connected
from goodword.connectors.contract import Check, Heard, Malformed, Raw, Refused, Retry, Settings
from goodword.kernel.websocket import Disconnected

_SHOWN = 3
_EVER = datetime(2022, 1, 1, tzinfo=UTC)


def check(settings: Settings) -> Iterator[Check]:
    """Raises nothing."""
    try:
        account = read_account(settings)
    except Refused as error:
        yield Check("Settings", passed=False, detail=str(error))
        return
    yield from _check_account(account, settings)
    yield _check_stream(account)


def _check_account(account: Account, settings: Settings) -> Iterator[Check]:
    try:
        with Session(account, lambda: datetime.now(UTC)) as session:
            yield Check("Account", passed=True, detail=f"Signed in as {session.handle}.")
            yield _last_said(session, settings)
    except (Refused, Retry) as error:
        yield Check("Account", passed=False, detail=str(error))


def _last_said(session: Session, settings: Settings) -> Check:
    try:
        events = list(islice(said_to_us(session, since=_EVER), _SHOWN))
    except (Refused, Retry):
        detail = "This server can't show what was said lately; what is said from now on is heard by the stream."
        return Check("Mentions", passed=True, detail=detail)
    heard = tuple(each for event in events for each in _parsed(msgspec.json.encode(event), settings))
    detail = f"The last {len(heard)} are shown below." if heard else "Nobody has written to this account yet."
    return Check("Mentions", passed=True, detail=detail, heard=heard)


def _parsed(body: bytes, settings: Settings) -> tuple[Heard, ...]:
    try:
        return tuple(parse(Raw("check", body), settings))
    except Malformed:
        return ()


def _check_stream(account: Account) -> Check:
    try:
        with connected(account.stream + account.ear.path, subprotocol=account.ear.subprotocol):
            return Check("Stream", passed=True, detail="Open: what is said comes in at once.")
    except (Refused, Disconnected) as error:
        return Check("Stream", passed=False, detail=f"{account.stream}: {error}")
