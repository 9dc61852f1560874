"""Listens to a bot: by asking, where the cursor is the last update, or by a webhook that is kept in place.

Telegram forgets an update once a later one is asked for, and whatever nobody asks for within 24 hours
(https://core.telegram.org/bots/api#getting-updates).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from goodword.connectors.contract import Cursor, Delivery, Gap, Raw, Refused, Retry
from goodword.connectors.over_http.calls import Api
from goodword.connectors.over_http.resting import rest
from goodword.connectors.storable import storable_json
from goodword.connectors.telegram.account import API, WEBHOOK, Account, result_of
from goodword.connectors.telegram.updates import ALLOWED, Update, concerns, raw_of

_KEPT = timedelta(hours=24)
# After a week without updates their numbers begin anew, anywhere; an offset above them would hide them for ever.
_NUMBERS_HOLD = timedelta(days=6)
_WAIT = 10  # seconds that an answer without news may take
_PAGE = 100
_SPIN = 0.5  # seconds between two questions, where an answer without news comes at once
_LOOK_AT_WEBHOOK = timedelta(minutes=5)


class Me(msgspec.Struct):
    """https://core.telegram.org/bots/api#getme."""

    id: int
    username: str
    first_name: str = ""
    can_read_all_group_messages: bool = False


class WebhookInfo(msgspec.Struct):
    """https://core.telegram.org/bots/api#webhookinfo."""

    url: str
    pending_update_count: int = 0
    last_error_date: int | None = None
    last_error_message: str = ""


def ask_me(api: Api, account: Account) -> Me:
    """Raises `Refused` (no such token) and `Retry`."""
    return result_of(api.post(account.path("getMe"), json={}), Me)


def ask_webhook(api: Api, account: Account) -> WebhookInfo:
    """Raises `Refused` and `Retry`."""
    return result_of(api.post(account.path("getWebhookInfo"), json={}), WebhookInfo)


def listen(
    account: Account, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
) -> Iterator[Delivery]:
    """Raises `Refused` and `Retry`."""
    # A Bot API server of one's own tells http, too: https://core.telegram.org/bots/api#using-a-local-bot-api-server
    if account.way == WEBHOOK and account.api_address == API and not account.hook.startswith("https://"):
        raise Refused("Telegram tells only addresses with https://. Choose “We ask Telegram”, or set up https first.")
    with account.api() as api:
        me = ask_me(api, account)
        yield Delivery((), cursor, learned={"username": me.username[:100], "account": f"@{me.username}"[:100]})
        if account.way == WEBHOOK:
            yield from _keep_webhook(api, account, cursor, stop, now)
        else:
            yield from _Polling(api, account, me, cursor, now).go_on(stop)


class _Polling:
    """One session of asking."""

    def __init__(self, api: Api, account: Account, me: Me, cursor: Cursor, now: Callable[[], datetime]) -> None:
        self._api, self._account, self._bot, self._name, self._now = api, account, me.id, me.username.lower(), now
        if cursor.get("bot") not in {None, me.id}:
            cursor = {}  # each bot counts its own updates: another one's number would hide them, or confirm them unread
        self._after: int | None = cursor.get("after")
        self._heard_at, self._asked_at = _moment(cursor.get("heard")), _moment(cursor.get("asked"))

    def go_on(self, stop: Callable[[], bool]) -> Iterator[Delivery]:
        gaps = self._missed()
        while not stop():
            began = time.monotonic()
            updates = self.ask()
            self._asked_at = self._now()
            if updates:
                self._after, self._heard_at = updates[-1][0], self._asked_at
            yield Delivery(tuple(raw for _id, raw in updates if raw is not None), self._cursor(), gaps)
            gaps = ()
            if not updates and time.monotonic() - began < 1:
                time.sleep(_SPIN)

    def ask(self) -> list[tuple[int, Raw | None]]:
        """Updates with their numbers, oldest first; None for what isn't said to us."""
        question: dict[str, object] = {"timeout": _WAIT, "limit": _PAGE, "allowed_updates": ALLOWED}
        holds = self._heard_at is not None and self._now() - self._heard_at < _NUMBERS_HOLD
        if self._after is not None and holds:
            question["offset"] = self._after + 1
        answer = self._api.post(self._account.path("getUpdates"), json=question)
        return [self._read(bytes(each)) for each in result_of(answer, list[msgspec.Raw])]

    def _read(self, body: bytes) -> tuple[int, Raw | None]:
        update_id = _number_of(body)
        return update_id, taken(self._account, body, self._name)

    def _missed(self) -> tuple[Gap, ...]:
        if self._asked_at is None or self._now() - self._asked_at <= _KEPT:
            return ()
        return (Gap(self._asked_at, self._now() - _KEPT, "Telegram keeps for a day what nobody asks for."),)

    def _cursor(self) -> dict[str, Any]:
        heard, asked = self._heard_at, self._asked_at
        return {
            "bot": self._bot,
            **({"after": self._after} if self._after is not None else {}),
            **({"heard": heard.isoformat()} if heard else {}),
            **({"asked": asked.isoformat()} if asked else {}),
        }


def taken(account: Account, body: bytes, name: str) -> Raw | None:
    """The update as a raw item, unless it is said to somebody else. What can't be read is kept, to be looked at."""
    update_id = _number_of(body)
    try:
        update = msgspec.json.decode(storable_json(body)[0], type=Update)
    except (msgspec.DecodeError, RecursionError):
        return raw_of(update_id, body)
    is_ours = concerns(update, bot_id=account.bot_id, name=name, hears_all=account.hears_all)
    return raw_of(update_id, body) if is_ours else None


class _Numbered(msgspec.Struct):
    update_id: int


def _number_of(body: bytes) -> int:
    try:
        return msgspec.json.decode(storable_json(body)[0], type=_Numbered).update_id
    except (msgspec.DecodeError, RecursionError) as error:
        raise Retry("Telegram answered with something that is no update.") from error


def _keep_webhook(
    api: Api, account: Account, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
) -> Iterator[Delivery]:
    """See to it that Telegram knows where to tell us and with which secret, and say when it can't."""
    _set_webhook(api, account)  # whatever stands there: the secret may be another one now, and is never told
    while not stop():
        info = ask_webhook(api, account)
        if info.url != account.hook:
            _set_webhook(api, account)
        elif info.pending_update_count and _is_recent(info.last_error_date, now()):
            raise Retry(f"Telegram can't tell us: {info.last_error_message[:200]}", after=_LOOK_AT_WEBHOOK)
        yield Delivery((), cursor)
        for _ in rest(_LOOK_AT_WEBHOOK, stop):
            yield Delivery((), cursor)


def _set_webhook(api: Api, account: Account) -> None:
    hook = {"url": account.hook, "secret_token": account.webhook_secret, "allowed_updates": ALLOWED}
    api.post(account.path("setWebhook"), json=hook)


def _is_recent(error_date: int | None, now: datetime) -> bool:
    """Whether it failed since we last looked, give or take; Telegram shows an error long after it is mended."""
    return error_date is not None and now.timestamp() - error_date < 2 * _LOOK_AT_WEBHOOK.total_seconds()


def _moment(told: object) -> datetime | None:
    return datetime.fromisoformat(told) if isinstance(told, str) else None
