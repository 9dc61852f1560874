"""The settings of a source: which number, and what callers hear."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal, InvalidOperation

import httpx
import msgspec

from goodword.connectors.charging import MONTHLY_BUDGET
from goodword.connectors.contract import Field, FieldKind, Refused, Retry, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.over_http.calls import Api, Declined, ReadNo
from goodword.connectors.pacing import history_days, span_of
from goodword.connectors.storable import storable_json

NETWORK = "Twilio"
API = "https://api.twilio.com"
_SID = re.compile(r"AC[0-9a-fA-F]{32}")
_NUMBER = re.compile(r"\+[1-9][0-9]{4,14}")  # E.164
_OPTED_OUT = 21610  # https://www.twilio.com/docs/api/errors/21610

_HISTORY = history_days(1, maximum=30)
FIELDS: Sequence[Field] = (
    Field("account_sid", _("Account SID"), help=_("AC and 32 digits or letters, on the front page of the console.")),
    Field("auth_token", _("Auth token"), help=_("Beside it. It also proves that Twilio calls us."), secret=True),
    Field("number", _("Phone number"), help=_("The one that customers call, as Twilio writes it: +4930123456")),
    Field(
        "greeting",
        _("What callers hear"),
        help=_("Read aloud before the beep. Say that they are recorded: the law often wants it."),
        default="Please leave a message after the tone. It is recorded, and we will call you back.",
        required=False,
        multiline=True,
    ),
    Field("voice_language", _("Language it is read in"), default="en-US", required=False),
    Field(
        "transcribe",
        _("Write down what callers say"),
        help=_("By Twilio, in English only, for a fee."),
        choices=(("no", _("No")), ("yes", _("Yes"))),
        default="no",
        required=False,
    ),
    Field(
        "segment_price",
        _("Price of one SMS part"),
        help=_("In the currency of your account, for the country you write to most; a long SMS has several parts."),
        default="0.0083",
        required=False,
        kind=FieldKind.NUMBER,
        minimum=0,
        maximum=10,
    ),
    Field("currency", _("Currency of the account"), default="USD", required=False),
    _HISTORY,
    MONTHLY_BUDGET,
    Field(
        "api",
        _("Address of the API"),
        help=_("Another one for a region of Twilio, or a simulator."),
        kind=FieldKind.ADDRESS,
        default=API,
        required=False,
        guards_secrets=True,
    ),
)


class _No(msgspec.Struct):
    """https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions."""

    code: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """One number of an account."""

    sid: str
    token: str = field(repr=False)
    number: str
    history: timedelta = timedelta(days=1)
    api_address: str = API
    hook: str = ""

    def api(self, *, max_bytes: int = 10_000_000, read_no: ReadNo | None = None) -> Api:
        """Raises `Refused`."""
        basic = base64.b64encode(f"{self.sid}:{self.token}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}"}
        return Api(
            self.api_address, network=NETWORK, headers=headers, read_no=read_no or no_of_twilio, max_bytes=max_bytes
        )

    def path(self, resource: str) -> str:
        """Of a resource of this account, e.g. "Messages"."""
        return f"/2010-04-01/Accounts/{self.sid}/{resource}.json"


def read_account(settings: Settings) -> Account:
    """Raises `Refused` with the setting to mend."""
    sid, token, number = (str(settings.get(name) or "").strip() for name in ("account_sid", "auth_token", "number"))
    if not _SID.fullmatch(sid):
        raise Refused("Setting “Account SID”: it is AC and 32 more characters.")
    if not token or not token.isascii() or not token.isprintable():
        raise Refused("Setting “Auth token”: it is missing, or has letters that no token has.")
    if not _NUMBER.fullmatch(number):
        raise Refused("Setting “Phone number”: write it with + and the country, without blanks.")
    address = str(settings.get("api") or API).strip().rstrip("/")
    return Account(
        sid=sid,
        token=token,
        number=number,
        history=span_of(_HISTORY, settings),
        api_address=address if "://" in address else f"https://{address}",
        hook=str(settings.get("hook") or ""),
    )


def price_of_segment(settings: Settings) -> Decimal:
    """What can't be read counts as nothing; forms check it before."""
    try:
        price = Decimal(str(settings.get("segment_price") or "0.0083"))
    except InvalidOperation:
        return Decimal(0)
    return price if price.is_finite() and price >= 0 else Decimal(0)


def no_of_twilio(status: int, headers: httpx.Headers, content: bytes) -> Refused | Retry | None:
    """Twilio's own reasons where they say more than the status."""
    try:
        no = msgspec.json.decode(storable_json(content)[0], type=_No)
    except (msgspec.DecodeError, RecursionError):
        return None
    if no.code == _OPTED_OUT:
        return Declined("They answered STOP: Twilio sends them nothing until they write START.", code=str(no.code))
    return None
