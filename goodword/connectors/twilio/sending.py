"""Answers by SMS. Twilio takes no key: after a lost answer its list of messages is looked through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import msgspec

from goodword.connectors.contract import Outgoing, Receipt, Refused, Retry, Uncertain
from goodword.connectors.over_http.calls import Absent, Api
from goodword.connectors.twilio.account import API, Account

MAX_TEXT = 1600  # https://www.twilio.com/docs/messaging/api/message-resource
_PAGE = 200
_TRIAL = "Sent from your Twilio trial account - "  # what a trial account puts in front
_RESOURCES = {"SM": "Messages", "MM": "Messages", "CA": "Calls", "RE": "Recordings", "TR": "Transcriptions"}


class _Sent(msgspec.Struct):
    sid: str
    body: str | None = None
    date_created: str | None = None


class _Page(msgspec.Struct):
    messages: list[_Sent]
    next_page_uri: str | None = None


def send(account: Account, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
    """Raises `Refused` (also where they answered STOP), `Retry` (surely not sent), `Uncertain`."""
    form = {"To": _number_of(outgoing), "From": account.number, "Body": outgoing.text}
    if account.hook and (account.hook.startswith("https://") or account.api_address != API):
        form["StatusCallback"] = f"{account.hook}status?key={quote(outgoing.idempotency_key, safe='')}"
    with account.api() as api:
        sent = api.post_form(account.path("Messages"), form=form, commits=True).read(_Sent)
    return Receipt(native_id=sent.sid, at=now())


def find_sent(account: Account, outgoing: Outgoing) -> Receipt | None:
    """Among what was sent to this number since what is answered. Raises `Uncertain`, `Refused`."""
    try:
        with account.api() as api:
            since = _time_of(api, account, outgoing.in_reply_to or "")
            query = [("To", _number_of(outgoing)), ("From", account.number), ("PageSize", str(_PAGE))]
            if since is not None:
                query.append(("DateSent>", f"{since:%Y-%m-%d}"))
            page = api.get(account.path("Messages"), query).read(_Page)
    except Retry as error:
        raise Uncertain(f"Twilio can't be asked whether the SMS went out. {error}") from error
    for sent in page.messages:
        at = _moment(sent.date_created)
        is_since = at is not None and (since is None or at >= since - timedelta(seconds=1))
        words = (sent.body or "").removeprefix(_TRIAL).strip()
        if at and is_since and outgoing.may_stand_since(at) and words == outgoing.text.strip():
            return Receipt(native_id=sent.sid, at=at)
    if page.next_page_uri:
        raise Uncertain("So much was sent to this number that the SMS can't be looked for.")
    return None


def _number_of(outgoing: Outgoing) -> str:
    number = outgoing.to.native_id or outgoing.thread or ""
    if not number.startswith("+"):
        raise Refused("This caller hid their number: there is none to answer.")
    return number


def _time_of(api: Api, account: Account, sid: str) -> datetime | None:
    resource = _RESOURCES.get(sid[:2])
    if resource is None or not sid.isalnum():
        return None
    try:
        return _moment(api.get(account.path(f"{resource}/{sid}")).read(_Sent).date_created)
    except Absent:
        return None


def _moment(told: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(told or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
