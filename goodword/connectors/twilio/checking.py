"""“Test it now”: signs in, looks at the number, and shows the last SMS. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from goodword.connectors.contract import Check, Refused, Retry, Settings
from goodword.connectors.over_http.calls import Api
from goodword.connectors.twilio.account import NETWORK, Account, read_account
from goodword.connectors.twilio.items import raw_of
from goodword.connectors.twilio.listening import Asking
from goodword.connectors.twilio.parse import parse

_SHOWN = 3
_LOOKED_BACK = timedelta(days=7)


class _Number(msgspec.Struct):
    phone_number: str
    sms_url: str | None = None
    voice_url: str | None = None


class _Numbers(msgspec.Struct):
    incoming_phone_numbers: list[_Number]


def check(settings: Settings) -> Iterator[Check]:
    """Raises nothing."""
    try:
        account = read_account(settings)
        with account.api() as api:
            yield _number(api, account)
            now = datetime.now(UTC)
            messages = Asking(api, account, {}, lambda: now).messages(now - _LOOKED_BACK)
    except (Refused, Retry) as error:
        yield Check(NETWORK, passed=False, detail=str(error))
        return
    newest = sorted(messages, key=lambda message: message.at, reverse=True)[:_SHOWN]
    heard = tuple(each for message in newest for each in parse(raw_of(message)))
    detail = f"The last {len(heard)} are shown below." if heard else "Nobody has written to this number for a week."
    yield Check("Messages", passed=True, detail=detail, heard=heard)


def _number(api: Api, account: Account) -> Check:
    query = [("PhoneNumber", account.number)]
    numbers = api.get(account.path("IncomingPhoneNumbers"), query).read(_Numbers).incoming_phone_numbers
    if not numbers:
        return Check("Number", passed=False, detail=f"{account.number} is none of this account's numbers.")
    if account.hook and (numbers[0].sms_url or "").rstrip("/") != account.hook.rstrip("/"):
        detail = f"Twilio doesn't tell us yet, so that we ask every minute. A message comes in: {account.hook}"
        return Check("Number", passed=True, detail=detail)
    return Check("Number", passed=True, detail=f"{account.number} is ours.")
