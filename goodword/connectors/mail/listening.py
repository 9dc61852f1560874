"""Hears a mailbox: what is new since the cursor, then IDLE, and again.

The cursor holds for each folder its UIDVALIDITY and the last UID. When a server renumbers a folder, we go back by
days; what comes twice for that has the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

import msgspec

from goodword.connectors.contract import Cursor, Delivery, Raw
from goodword.connectors.mail.account import Account
from goodword.connectors.mail.mailbox import Fetched, Mailbox, open_mailbox
from goodword.connectors.storable import bounded

_ROUND = 20.0  # seconds from one look at all folders to the next; a sign of life each
_REWIND = timedelta(days=2)  # after a renumbering; SINCE knows days only, in the server's time zone


class Position(msgspec.Struct, frozen=True):
    """How far a folder has been heard."""

    validity: int
    uid: int
    heard_until: datetime


def listen(
    account: Account, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
) -> Iterator[Delivery]:
    """Deliveries, at least one a round. Raises `Retry` and `Refused`."""
    positions = msgspec.convert(dict(cursor.get("folders", {})), dict[str, Position])
    with open_mailbox(account.imap) as mailbox:
        sent = mailbox.sent_folder(account.sent_folder) if account.hears_sent else None
        while not stop():
            if sent and sent != account.folder and mailbox.has_folder(sent):
                yield from _news(mailbox, sent, positions, account, now, is_sent=True)
            yield from _news(mailbox, account.folder, positions, account, now, is_sent=False)
            yield Delivery(raws=(), cursor=_cursor(positions))
            mailbox.wait(_ROUND, stop)


def _news(
    mailbox: Mailbox,
    folder: str,
    positions: dict[str, Position],
    account: Account,
    now: Callable[[], datetime],
    *,
    is_sent: bool,
) -> Iterator[Delivery]:
    """What is new in one folder; moves its position on."""
    position = positions[folder] = _position(mailbox, folder, positions.get(folder), account, now())
    for batch in mailbox.new_mail(after=position.uid):
        if not batch:
            continue
        position = Position(position.validity, batch[-1].uid, now())
        positions[folder] = position
        raws = tuple(_raw(mail, folder, position.validity, is_sent=is_sent) for mail in batch)
        yield Delivery(raws=raws, cursor=_cursor(positions))


def _position(mailbox: Mailbox, folder: str, known: Position | None, account: Account, now: datetime) -> Position:
    opened = mailbox.open_folder(folder)
    if known is not None and known.validity == opened.validity:
        return known
    begin = known.heard_until - _REWIND if known else now - timedelta(days=account.history_days)
    looks_back = known is not None or account.history_days > 0
    oldest = mailbox.oldest_since(begin.date()) if looks_back else None
    uid = (opened.next_uid if oldest is None else oldest) - 1
    return Position(opened.validity, uid, now)


def _cursor(positions: dict[str, Position]) -> Cursor:
    return {"folders": msgspec.to_builtins(positions)}


def _raw(mail: Fetched, folder: str, validity: int, *, is_sent: bool) -> Raw:
    """The mail's own bytes; what only the mailbox knows of it stands in the content type."""
    parameters = f"received={mail.received.isoformat()}"
    if is_sent:
        parameters += "; sent=yes"
    if mail.is_cut:
        parameters += "; cut=yes"
    delivery_id = bounded(f"{quote(folder)}/{validity}/{mail.uid}")
    return Raw(delivery_id, mail.content, f"message/rfc822; {parameters}")
