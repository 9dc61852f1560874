"""The settings of a source: which Page, with which Instagram account, by which app."""

from __future__ import annotations

import hashlib
import hmac
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx
import msgspec

from goodword.connectors.contract import Field, FieldKind, Quota, Refused, Retry, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.over_http.calls import Absent, Answer, Api, Declined, Denied
from goodword.connectors.over_http.waiting import LONGEST
from goodword.connectors.pacing import every_minutes, history_days, span_of
from goodword.connectors.storable import storable_json

NETWORK = "Meta"
API = "https://graph.facebook.com"
VERSION = "v23.0"
_ID = re.compile(r"[0-9]{1,30}")
_A_WHILE = timedelta(minutes=5)
# https://developers.facebook.com/docs/graph-api/overview/rate-limiting
_TOO_MANY = {4, 17, 32, 613, *range(80000, 80015)}
_WINDOW_CLOSED = {2018278, 2534022}  # subcodes of 10, of Messenger and of Instagram
_ANSWERED_ALREADY = {10900, 10903}  # there is a private reply to this comment, or there can't be one

_EVERY = every_minutes(5, help=_("What the webhook lost is found by asking."))
_HISTORY = history_days(7, maximum=30)
FIELDS: Sequence[Field] = (
    Field("page_id", _("Page ID"), help=_("Digits; in the Page's settings, under “About”.")),
    Field("page_token", _("Page access token"), help=_("Of a system user, so that it doesn't expire."), secret=True),
    Field("app_secret", _("App secret"), help=_("Proves that Meta calls us."), secret=True),
    Field(
        "verify_token",
        _("Verify token"),
        help=_("Make up 16 or more letters and digits, and type the same where the webhook is set up."),
        secret=True,
    ),
    Field(
        "instagram_id",
        _("Instagram account ID"),
        help=_("Digits; of the professional account that belongs to the Page. Empty: the Page alone."),
        required=False,
    ),
    Field(
        "human_agent",
        _("Answers of people within seven days"),
        help=_("Where Meta has granted the app “Human Agent”. Without it messages can be answered for 24 hours."),
        choices=(("no", _("Not granted")), ("yes", _("Granted"))),
        default="no",
        required=False,
    ),
    _EVERY,
    _HISTORY,
    Field(
        "api",
        _("Address of the Graph API"),
        help=_("Another one only for a simulator."),
        kind=FieldKind.ADDRESS,
        default=API,
        required=False,
        guards_secrets=True,
    ),
)


class WindowClosed(Declined):
    """The customer wrote too long ago. Nothing was sent."""


class _Error(msgspec.Struct):
    code: int = 0
    error_subcode: int = 0
    message: str = ""


class _No(msgspec.Struct):
    """https://developers.facebook.com/docs/graph-api/guides/error-handling."""

    error: _Error


@dataclass(frozen=True, slots=True)
class Page:
    """A Page, and the app that speaks for it."""

    page_id: str
    token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    instagram_id: str = ""
    is_human: bool = False  # people's answers may come within seven days
    every: timedelta = timedelta(minutes=5)
    history: timedelta = timedelta(days=7)
    api_address: str = API

    @property
    def own_ids(self) -> frozenset[str]:
        """As whom we speak."""
        return frozenset(each for each in (self.page_id, self.instagram_id) if each)

    def api(self) -> Api:
        """Raises `Refused`."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return Api(self.api_address, network=NETWORK, headers=headers, read_no=read_no)

    def ask(self, api: Api, node: str, edge: str = "", **query: str) -> Answer:
        """Read something. Raises `Refused` and `Retry`."""
        return api.get(_path(node, edge), [("appsecret_proof", self._proof), *query.items()])

    def tell(self, api: Api, node: str, edge: str, said: Mapping[str, object], *, commits: bool = True) -> Answer:
        """Change something. Raises `Refused`, `Retry` and, where it commits, `Uncertain`."""
        return api.post(_path(node, edge), json={**said, "appsecret_proof": self._proof}, commits=commits)

    @property
    def _proof(self) -> str:
        """That whoever asks has the app's secret, and not the token alone."""
        return hmac.new(self.app_secret.encode(), self.token.encode(), hashlib.sha256).hexdigest()


def _path(node: str, edge: str) -> str:
    return f"/{VERSION}/{quote(node)}{'/' if edge else ''}{edge}"


def read_page(settings: Settings) -> Page:
    """Raises `Refused` with the setting to mend."""
    labels = {each.name: each.label for each in FIELDS}
    given = {name: str(settings.get(name) or "").strip() for name in labels}
    if not _ID.fullmatch(given["page_id"]):
        raise Refused("Setting “Page ID”: it is a number.")
    if given["instagram_id"] and not _ID.fullmatch(given["instagram_id"]):
        raise Refused("Setting “Instagram account ID”: it is a number.")
    for name in ("page_token", "app_secret", "verify_token"):
        if not given[name] or not given[name].isascii() or not given[name].isprintable():
            raise Refused(f"Setting “{labels[name]}”: it is missing, or has letters that it can't have.")
    address = given["api"].rstrip("/") or API
    return Page(
        page_id=given["page_id"],
        token=given["page_token"],
        app_secret=given["app_secret"],
        verify_token=given["verify_token"],
        instagram_id=given["instagram_id"],
        is_human=given["human_agent"] == "yes",
        every=span_of(_EVERY, settings),
        history=span_of(_HISTORY, settings),
        api_address=address if "://" in address else f"https://{address}",
    )


def read_no(status: int, headers: httpx.Headers, content: bytes) -> Refused | Retry | None:
    """Meta's own reasons: its limits are told by a code, and by a header that says for how many minutes."""
    try:
        no = msgspec.json.decode(storable_json(content)[0], type=_No).error
    except (msgspec.DecodeError, RecursionError):
        return None
    said = f"{no.message[:300]} ({no.code})"
    if no.code in _TOO_MANY:
        wait = max((each.estimated_time_to_regain_access for each in _usage(headers)), default=0)
        after = min(timedelta(minutes=wait), LONGEST) if wait > 0 else _A_WHILE
        return Retry(f"{NETWORK} asks us to wait.", after=after * random.uniform(1, 1.2))  # noqa: S311  # no secret
    if no.error_subcode in _WINDOW_CLOSED:
        return WindowClosed("The customer wrote too long ago for a message. They have to write again.", code="window")
    if no.code in _ANSWERED_ALREADY:
        return Declined("There is a private reply to this comment already, or there can't be one.", code=str(no.code))
    if no.code == 190:
        return Denied(f"{NETWORK} doesn't accept our token any more: make a new one. {said}", code="190")
    if no.code == 100 and no.error_subcode == 33:
        return Absent(f"{NETWORK} has no such thing, or not for us. {said}", code="100")
    if no.code == 10 or 200 <= no.code < 300:
        return Denied(f"{NETWORK} doesn't let us do this: the token lacks a permission. {said}", code=str(no.code))
    return Declined(f"{NETWORK} refused: {said}", code=str(no.code)) if 400 <= status < 500 else None


class _Usage(msgspec.Struct):
    call_count: float = 0
    estimated_time_to_regain_access: float = 0


def quota_of(headers: Mapping[str, str]) -> Quota | None:
    """What is left of the hour's calls, in per cent, of the limit that is nearest."""
    used = max((each.call_count for each in _usage(headers)), default=None)
    return None if used is None else Quota("calls, in per cent", left=max(0, 100 - int(used)), limit=100)


def _usage(headers: Mapping[str, Any]) -> list[_Usage]:
    try:
        found = [msgspec.json.decode(headers["x-app-usage"], type=_Usage)] if "x-app-usage" in headers else []
        if "x-business-use-case-usage" in headers:
            by_use = msgspec.json.decode(headers["x-business-use-case-usage"], type=dict[str, list[_Usage]])
            found += [each for uses in by_use.values() for each in uses]
    except (msgspec.DecodeError, RecursionError):
        return []
    return [each for each in found if 0 <= each.call_count < 1e6 and 0 <= each.estimated_time_to_regain_access < 1e6]
