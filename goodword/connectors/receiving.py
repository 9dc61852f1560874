"""Being told by a network (webhooks): a part of the contract, for connectors whose network calls us.

The house gives each such source an address that can't be guessed, `settings["hook"]`, and opens it to anybody. What
comes to it is shown to the connector as a `WebhookRequest`; the connector says whether the network sent it, which raw
items it brings, and what to answer. Size, time and the pace of those who are refused are the house's to bound; it
stores the items, once by `delivery_id`, before it answers.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

from goodword.connectors.charging import Expense
from goodword.connectors.contract import Raw, Settings

MAX_BODY = 2_000_000  # bytes of a request that no connector may go beyond


class Proof(StrEnum):
    """How a request proves that the network sent it."""

    SIGNATURE = "signature"  # made with a shared secret over what is said
    TOKEN = "token"  # noqa: S105  # a shared secret that is sent along
    ADDRESS = "address"  # only the network was told the address


class Refusal(StrEnum):
    """Why a request is not taken. Counted by day, and shown under the source."""

    UNPROVEN = "unproven"  # no signature or token, or a wrong one
    REPLAYED = "replayed"  # signed at a time that is too far from now
    STRANGE = "strange"  # of a page, an account or a number that this source isn't about
    MALFORMED = "malformed"  # can't be read
    TOO_LARGE = "too_large"  # said by the house, as are those below
    TOO_SLOW = "too_slow"
    WRONG_METHOD = "wrong_method"
    STOPPED = "stopped"  # nobody listens now; a network that tries again later is heard then
    FAULTY = "faulty"  # the connector broke on it


class NotTaken(Exception):
    """The request is refused, and nothing of it is stored. The text is for the admin who looks at the source."""

    def __init__(self, why: Refusal, detail: str = "") -> None:
        super().__init__(detail or why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Webhook:
    """What comes to the source's address, and how it proves itself. Data, so that the house can ask before reading."""

    proof: Proof
    methods: tuple[str, ...] = ("POST",)
    max_bytes: int = 1_000_000
    replay_window: timedelta | None = None  # how far the signed time may be from ours; None: no time is signed
    is_entered: bool = True  # a person enters the address there; False: the connector tells it by itself


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """One request as it came."""

    method: str
    address: str  # all of it, with the query, as the network was told it: some sign it
    rest: str = ""  # of the path, behind the source's own address; without a slash before it
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = field(default=b"", repr=False)
    at: datetime = field(kw_only=True)  # when it came; aware


@dataclass(frozen=True, slots=True)
class WebhookReply:
    """What to answer. Networks want a short one, fast."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Received:
    """What a request brought; nothing, where the network only makes sure that the address is ours."""

    raws: tuple[Raw, ...] = ()
    reply: WebhookReply = WebhookReply()
    spent: tuple[Expense, ...] = ()  # what the network takes for it, of a connector that `Charges`


@runtime_checkable
class Receives(Protocol):
    """A connector whose network tells us; it may `listen` as well, e.g. for what was said while we were away."""

    webhook: Webhook

    def receive(self, *, settings: Settings, request: WebhookRequest) -> Received:
        """Pure: looks at the request alone. Raises `NotTaken` and nothing else.

        The proof is looked at before anything is read, on the bytes as they came, and compared by `is_same`; without
        a secret among the settings nothing is proven. An item that comes twice has the same delivery id and body.
        """
        ...


@runtime_checkable
class Subscribes(Receives, Protocol):
    """A connector that doesn't listen, and whose network may take the source's address by a call.

    The house calls when the source is connected, changed or resumed, and every few minutes; where that fails, the
    ledger says from when to when nobody could be sure of being told.
    """

    def subscribes(self, settings: Settings) -> bool:
        """Pure: whether these settings say where; or else a person enters our address there."""
        ...

    def subscribe(self, *, settings: Settings) -> None:
        """Have the network tell us at `settings["hook"]`; however often, it is one subscription.

        Raises `Refused` and `Retry`.
        """
        ...


def is_same(given: str, expected: str) -> bool:
    """Whether two secrets or signatures are the same, in a time that doesn't tell how much of them is."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode("utf-8", "surrogatepass"))


def is_signed(given: str, *, secret: str, said: bytes, algorithm: str = "sha256") -> bool:
    """Whether `given` is the HMAC of `said` in hexadecimal digits (RFC 2104). Never, without a secret."""
    made = hmac.new(secret.encode(), said, getattr(hashlib, algorithm)).hexdigest()
    return bool(secret) and is_same(given.lower(), made)


def check_age(signed_at: datetime, *, now: datetime, window: timedelta) -> None:
    """Raise `NotTaken` where what was signed is older than the window, or as far in the future."""
    if abs(now - signed_at) > window:
        raise NotTaken(Refusal.REPLAYED, f"It was signed at {signed_at:%Y-%m-%d %H:%M:%S %Z}.")
