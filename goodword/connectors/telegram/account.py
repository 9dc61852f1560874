"""The settings of a source: which bot, and how it hears."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import httpx
import msgspec

from goodword.connectors.contract import Field, FieldKind, Refused, Retry, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.over_http.calls import Answer, Api, Declined, Denied
from goodword.connectors.over_http.waiting import LONGEST
from goodword.connectors.storable import storable_json

NETWORK = "Telegram"
API = "https://api.telegram.org"
POLLING, WEBHOOK = "polling", "webhook"
_TOKEN = re.compile(r"([0-9]{1,20}):[\w-]{20,200}", re.ASCII)
_SECRET = re.compile(r"[\w-]{16,256}", re.ASCII)
_A_WHILE = timedelta(seconds=30)

FIELDS: Sequence[Field] = (
    Field("token", _("Token of the bot"), help=_("As @BotFather gave it: digits, a colon, letters."), secret=True),
    Field(
        "way",
        _("How we hear"),
        help=_("Asking works everywhere. Being told needs an address that Telegram can reach, with https."),
        choices=((POLLING, _("We ask Telegram")), (WEBHOOK, _("Telegram tells us"))),
        default=POLLING,
        required=False,
    ),
    Field(
        "webhook_secret",
        _("Secret between Telegram and us"),
        help=_("Only where Telegram tells us. Make up 16 or more letters, digits, - and _; nobody has to know them."),
        secret=True,
        required=False,
    ),
    Field(
        "groups",
        _("In groups"),
        choices=(("mentions", _("What mentions the bot or answers it")), ("all", _("Everything that it is shown"))),
        default="mentions",
        required=False,
    ),
    Field(
        "api",
        _("Address of the Bot API"),
        help=_("Another one only for a Bot API server of your own, or a simulator."),
        kind=FieldKind.ADDRESS,
        default=API,
        required=False,
        guards_secrets=True,
    ),
)

T = TypeVar("T")


class Moved(Refused):
    """The group has become a supergroup, under another id. Nothing was sent."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(f"The group has moved to {chat_id}.")
        self.chat_id = chat_id


class _Parameters(msgspec.Struct):
    retry_after: int = 0
    migrate_to_chat_id: int | None = None


class _No(msgspec.Struct):
    """https://core.telegram.org/bots/api#making-requests, of a request that failed."""

    error_code: int
    description: str = ""
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


class _Yes(msgspec.Struct):
    ok: bool
    result: msgspec.Raw


@dataclass(frozen=True, slots=True)
class Account:
    """A bot."""

    token: str = field(repr=False)
    way: str = POLLING
    webhook_secret: str = field(default="", repr=False)
    hears_all: bool = False  # of what is said in groups
    api_address: str = API
    hook: str = ""  # where Telegram tells us, if it does
    learned: Mapping[str, Any] = field(default_factory=dict)

    @property
    def bot_id(self) -> int:
        """A token begins with the id of its bot."""
        return int(self.token.partition(":")[0])

    @property
    def name(self) -> str:
        """The bot's name without @, in lower case; empty until it was asked for."""
        return str(self.learned.get("username") or "").lower()

    def api(self, *, max_bytes: int = 10_000_000) -> Api:
        """Raises `Refused`."""
        return Api(self.api_address, network=NETWORK, read_no=read_no, max_bytes=max_bytes)

    def path(self, method: str) -> str:
        """Of a method of the API; it holds the token, and is shown to nobody."""
        return f"/bot{self.token}/{method}"


def read_account(settings: Settings) -> Account:
    """Raises `Refused` with the setting to mend."""
    token = str(settings.get("token") or "").strip()
    if not _TOKEN.fullmatch(token):
        raise Refused("Setting “Token of the bot”: it is missing, or isn't whole. @BotFather shows it under API Token.")
    way, secret = str(settings.get("way") or POLLING), str(settings.get("webhook_secret") or "").strip()
    if way == WEBHOOK and not _SECRET.fullmatch(secret):
        raise Refused("Setting “Secret between Telegram and us”: it needs 16 to 256 letters, digits, - or _.")
    address = str(settings.get("api") or API).strip().rstrip("/")
    return Account(
        token=token,
        way=way,
        webhook_secret=secret,
        hears_all=settings.get("groups") == "all",
        api_address=address if "://" in address else f"https://{address}",
        hook=str(settings.get("hook") or ""),
        learned=settings.get("learned") or {},
    )


def result_of(answer: Answer, shape: type[T]) -> T:
    """What a method gave. Raises as `Answer.read` does."""
    yes = answer.read(_Yes)
    return Answer(answer.network, answer.status, answer.headers, bytes(yes.result), answer.commits).read(shape)


def read_no(status: int, headers: httpx.Headers, content: bytes) -> Refused | Retry | None:
    """How Telegram says no. It waits by a figure in the body, not by a header."""
    try:
        no = msgspec.json.decode(storable_json(content)[0], type=_No)
    except (msgspec.DecodeError, RecursionError):
        return None
    said = no.description[:200]
    if no.parameters.migrate_to_chat_id is not None:
        return Moved(no.parameters.migrate_to_chat_id)
    if no.error_code == 429:
        wait = min(timedelta(seconds=min(max(no.parameters.retry_after, 1), 86_400)), LONGEST)
        return Retry(f"{NETWORK} asks us to wait.", after=wait * random.uniform(1, 1.2))  # noqa: S311  # no secret
    if no.error_code == 409:
        if "webhook" in said:
            return Declined("This bot tells somebody by a webhook. Choose “Telegram tells us”, or delete that webhook.")
        return Retry("Another program asks for this bot's messages: they go to one only.", after=_A_WHILE)
    if no.error_code in {401, 404}:
        return Denied(f"{NETWORK} doesn't know this token ({no.error_code}): copy it from @BotFather again.")
    if no.error_code == 403:
        return Denied(f"{NETWORK} doesn't let the bot write there: {said}.")
    return Declined(f"{NETWORK} refused: {said}") if 400 <= no.error_code < 500 else None
