"""What an instance says of itself and of our account: limits, where its stream is, who we are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from goodword.connectors.contract import Capabilities, Count, Settings
from goodword.connectors.over_http.calls import Api

# Of an instance that hasn't been asked yet (https://docs.joinmastodon.org/user/posting/).
_MAX_CHARACTERS = 500
_MAX_FILES = 4
_MAX_FILE_BYTES = 10 << 20
_SHARED_TYPES = {"image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "audio/mpeg", "audio/ogg"}
_ROOM_FOR_NAME = 32  # "@", a name of at most 30 letters, a blank: the reply begins with it, and it counts


class _Urls(msgspec.Struct):
    streaming: str = ""


class _Statuses(msgspec.Struct):
    max_characters: int = _MAX_CHARACTERS
    max_media_attachments: int = _MAX_FILES


class _Media(msgspec.Struct):
    supported_mime_types: list[str] = []
    image_size_limit: int = _MAX_FILE_BYTES


class _Configuration(msgspec.Struct):
    urls: _Urls = msgspec.field(default_factory=_Urls)
    statuses: _Statuses = msgspec.field(default_factory=_Statuses)
    media_attachments: _Media = msgspec.field(default_factory=_Media)


class Instance(msgspec.Struct):
    """The part of https://docs.joinmastodon.org/entities/Instance that we go by."""

    domain: str = ""
    title: str = ""
    version: str = ""
    configuration: _Configuration = msgspec.field(default_factory=_Configuration)


class Me(msgspec.Struct):
    """Our account."""

    id: str
    acct: str


def ask_instance(api: Api) -> Instance:
    """Raises `Refused` and `Retry`."""
    return api.get("/api/v2/instance").read(Instance)


def ask_who_we_are(api: Api) -> Me:
    """Raises `Refused` (no such token) and `Retry`."""
    return api.get("/api/v1/accounts/verify_credentials").read(Me)


def learned(instance: Instance, me: Me) -> dict[str, Any]:
    """What is kept with the source until the instance is asked again."""
    limits = instance.configuration
    return {
        "account": f"@{me.acct}@{instance.domain}",
        "version": instance.version[:80],
        "max_characters": limits.statuses.max_characters,
        "max_files": limits.statuses.max_media_attachments,
        "max_file_bytes": limits.media_attachments.image_size_limit,
        "file_types": sorted(_SHARED_TYPES & set(limits.media_attachments.supported_mime_types)),
    }


def capabilities(settings: Settings) -> Capabilities:
    """As the instance told its limits; the usual ones until it did."""
    told: Mapping[str, Any] = settings.get("learned") or {}
    longest = int(told.get("max_characters", _MAX_CHARACTERS))
    files, size = int(told.get("max_files", _MAX_FILES)), int(told.get("max_file_bytes", _MAX_FILE_BYTES))
    takes_files = files > 0 and size > 0
    return Capabilities(
        can_reply=True,
        can_reply_privately=True,
        can_find_sent=True,
        authors_proven=True,
        max_length=max(longest - _ROOM_FOR_NAME, 1),
        count=Count.SHORTENED,
        max_attachments=files if takes_files else 0,
        max_attachment_bytes=size if takes_files else 0,
        attachment_types=tuple(told.get("file_types") or sorted(_SHARED_TYPES)),
        icon="at-sign",
    )
