"""The settings of a source: which app and account, what is searched for, how often we ask."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import msgspec

from goodword.connectors.charging import MONTHLY_BUDGET
from goodword.connectors.contract import Field, FieldKind, Refused, Retry, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.over_http.calls import Api
from goodword.connectors.pacing import every_minutes, history_days, span_of
from goodword.connectors.storable import storable_json
from goodword.connectors.x.oauth import Keys, authorization

NETWORK = "X"
API = "https://api.x.com"
_TOKEN = re.compile(r"([0-9]{1,20})-[A-Za-z0-9]+")
_LONGEST_QUERY = 512  # https://docs.x.com/x-api/posts/search/introduction
_NO_CREDITS = timedelta(hours=1)
_NO_READS = timedelta(hours=6)

_EVERY = every_minutes(5)
_HISTORY = history_days(1, maximum=7, help=_("Each post that is read costs."))
FIELDS: Sequence[Field] = (
    Field("bearer_token", _("Bearer token"), help=_("Of your app, for reading."), secret=True),
    Field("app_key", _("API key"), help=_("Of your app; also called consumer key.")),
    Field("app_secret", _("API key secret"), secret=True),
    Field("access_token", _("Access token"), help=_("Of the brand's account: digits, a hyphen, letters."), secret=True),
    Field("access_secret", _("Access token secret"), secret=True),
    Field(
        "search",
        _("Search for"),
        help=_("Beside what mentions the account, as X's search has it, e.g. “harbour jacket” lang:en -is:retweet"),
        required=False,
    ),
    _EVERY,
    _HISTORY,
    MONTHLY_BUDGET,
    Field(
        "api",
        _("Address of the API"),
        help=_("Another one only for a simulator."),
        kind=FieldKind.ADDRESS,
        default=API,
        required=False,
        guards_secrets=True,
    ),
)


class _No(msgspec.Struct):
    """https://docs.x.com/x-api/fundamentals/response-codes-and-errors."""

    title: str = ""
    detail: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """The brand's account, and the app that speaks for it."""

    bearer: str = field(repr=False)
    keys: Keys
    own_id: str
    search: str = ""
    every: timedelta = timedelta(minutes=5)
    history: timedelta = timedelta(days=1)
    api_address: str = API

    def reading(self) -> Api:
        """As the app. Raises `Refused`."""
        headers = {"Authorization": f"Bearer {self.bearer}"}
        return Api(self.api_address, network=NETWORK, headers=headers, read_no=read_no)

    def signing(self, method: str, path: str) -> Api:
        """As the account, for one call of this path without a query. Raises `Refused`."""
        signed = authorization(
            self.keys,
            method=method,
            url=self.api_address + path,
            nonce=secrets.token_hex(16),
            timestamp=int(time.time()),
        )
        return Api(self.api_address, network=NETWORK, headers={"Authorization": signed}, read_no=read_no)


def read_account(settings: Settings) -> Account:
    """Raises `Refused` with the setting to mend."""
    labels = {each.name: each.label for each in FIELDS}
    given = {name: str(settings.get(name) or "").strip() for name in labels}
    for name in ("bearer_token", "app_key", "app_secret", "access_token", "access_secret"):
        if not given[name] or not given[name].isascii() or not given[name].isprintable():
            raise Refused(f"Setting “{labels[name]}”: it is missing, or has letters that no key has.")
    token = _TOKEN.fullmatch(given["access_token"])
    if token is None:  # https://docs.x.com/fundamentals/authentication/oauth-1-0a: it begins with the account's id
        raise Refused("Setting “Access token”: it begins with the number of the account and a hyphen.")
    if len(given["search"]) > _LONGEST_QUERY:
        raise Refused(f"Setting “Search for”: X takes at most {_LONGEST_QUERY} characters.")
    address = given["api"].rstrip("/") or API
    return Account(
        bearer=given["bearer_token"],
        keys=Keys(given["app_key"], given["app_secret"], given["access_token"], given["access_secret"]),
        own_id=token[1],
        search=given["search"],
        every=span_of(_EVERY, settings),
        history=span_of(_HISTORY, settings),
        api_address=address if "://" in address else f"https://{address}",
    )


def read_no(status: int, headers: httpx.Headers, content: bytes) -> Refused | Retry | None:
    """X's own reasons; limits with a time in their headers are as everywhere."""
    if status == 402:
        return Retry("X has no credits left for this app: buy some in its Developer Console.", after=_NO_CREDITS)
    if status != 429:
        return None
    try:
        no = msgspec.json.decode(storable_json(content)[0], type=_No)
    except (msgspec.DecodeError, RecursionError):
        return None
    if "usage-capped" in no.type or no.title == "UsageCapExceeded":
        return Retry("X lets this app read no more posts this month.", after=_NO_READS)
    return None
