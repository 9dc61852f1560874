"""What we keep of the API's entities: what was said and by whom.

Counters, votes and what only the asking account sees are left out, so that the same post is the same bytes whether it
came by the stream or was asked for, and however often (https://docs.joinmastodon.org/entities/Status).
"""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from goodword.connectors.contract import Raw
from goodword.connectors.storable import Followers, Short, fingerprint, storable_json

Id = str  # decimal digits; newer posts have higher numbers
_NONE = msgspec.Raw(b"null")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 253_402_300_799_000  # the last millisecond that has a date


class Account(msgspec.Struct, omit_defaults=True):
    """Somebody, as the instance knows them. `id` means something on this instance only, `uri` everywhere."""

    id: Id
    acct: Short  # without a domain where the account is the instance's own
    uri: str | None = None  # since 4.2
    url: str | None = None
    display_name: str = ""
    followers_count: Followers = 0
    bot: bool = False


class Attachment(msgspec.Struct, omit_defaults=True):
    """A picture, film or sound."""

    id: Id
    type: str = "unknown"
    url: str | None = None  # null while it is being processed
    remote_url: str | None = None
    description: str | None = None


class Named(msgspec.Struct):
    """An account that a post names."""

    id: Id
    acct: Short


class Status(msgspec.Struct, omit_defaults=True):
    """A post."""

    id: Id
    created_at: datetime
    account: Account
    content: str = ""  # HTML
    spoiler_text: str = ""
    visibility: str = "public"  # public, unlisted, private (followers), direct
    in_reply_to_id: Id | None = None
    language: str | None = None
    url: str | None = None
    edited_at: datetime | None = None
    media_attachments: list[Attachment] = []
    mentions: list[Named] = []


class Notification(msgspec.Struct):
    """Something that happened to our account."""

    id: Id
    type: str
    status: msgspec.Raw = _NONE

    @property
    def post(self) -> bytes | None:
        """The post it is about, as the API gave it."""
        return bytes(self.status) if bytes(self.status) != bytes(_NONE) else None


class Envelope(msgspec.Struct, omit_defaults=True):
    """The raw item: a post, and whether it is our own; or the id of a post that is gone."""

    status: Status | None = None
    ours: bool = False
    gone: Id = ""


_encoder = msgspec.json.Encoder()
_envelopes = msgspec.json.Decoder(Envelope)
_statuses = msgspec.json.Decoder(Status)


def raw_of(entity: bytes, own_id: Id) -> tuple[Id, Raw]:
    """A post as the API gave it to the raw item that is kept. What isn't understood is kept as it is.

    Raises `msgspec.DecodeError` for what has no id.
    """
    body, _repaired = storable_json(entity)
    try:
        status = _statuses.decode(body)
    except msgspec.ValidationError:
        status_id = msgspec.json.decode(body, type=_HasId).id
        return status_id, _raw(f"status/{status_id}", entity)
    status.account.followers_count = _roughly(status.account.followers_count)
    envelope = Envelope(status=status, ours=status.account.id == own_id)
    return status.id, _raw(f"status/{status.id}", _encoder.encode(envelope))


def raw_of_gone(status_id: Id) -> Raw:
    """That a post is gone."""
    return Raw(f"gone/{status_id}", _encoder.encode(Envelope(gone=status_id)))


def read_envelope(body: bytes) -> Envelope:
    """Raises `msgspec.DecodeError`."""
    return _envelopes.decode(body)


def time_of(status_id: Id) -> datetime:
    """When a post was made, from its id: milliseconds since 1970, shifted by 16 bits (since Mastodon 2.0)."""
    milliseconds = int(status_id) >> 16 if status_id.isascii() and status_id.isdigit() and len(status_id) < 30 else 0
    return datetime.fromtimestamp(min(milliseconds, _LATEST) / 1000, UTC) if milliseconds else _EPOCH


def order_of(entity_id: Id) -> tuple[int, Id]:
    """Sorts ids, which are numbers too long to rely on."""
    return len(entity_id), entity_id


class _HasId(msgspec.Struct):
    id: Id


def _raw(name: str, body: bytes) -> Raw:
    return Raw(f"{name[:100]}/{fingerprint(body)}", body)


def _roughly(count: int) -> int:
    """To one significant digit: it says how far a voice carries, and hardly ever changes."""
    step: int = 10 ** (len(str(count)) - 1)
    return count // step * step
