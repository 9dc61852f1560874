"""What was said or happened, as one small item, whether Meta told us or we asked."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta as Bounds

from goodword.connectors.contract import Raw
from goodword.connectors.storable import Short, fingerprint

Id = Annotated[str, Bounds(min_length=1, max_length=1000)]


class Where(StrEnum):
    """What an id belongs to; it stands in front of it, so that an answer knows its way."""

    COMMENT = "fb-comment"
    POST = "fb-post"
    MESSAGE = "fb-message"
    INSTAGRAM_COMMENT = "ig-comment"
    INSTAGRAM_MESSAGE = "ig-message"

    @property
    def is_instagram(self) -> bool:
        """Whether it stands on Instagram."""
        return self.value.startswith("ig-")


class Said(msgspec.Struct, tag="said", omit_defaults=True):
    """A comment, a visitor's post on the Page, or a message."""

    where: Where
    id: Id
    at: datetime
    by: str = ""  # id of whoever said it; of a deletion perhaps nobody
    name: str = ""
    handle: Short = ""
    to: str = ""  # whom a message of ours went to
    text: str = ""
    answers: str = ""  # id of the comment or message that is answered
    top: str = ""  # of the comments under which it stands
    post: str = ""  # id of the post or picture that is commented on
    files: list[tuple[str, str]] = []  # type and address
    ours: bool = False
    gone: bool = False
    hidden: bool = False
    edited: datetime | None = None
    key: str = ""  # of ours, where Meta gives it back
    link: str = ""


class Arrived(msgspec.Struct, tag="arrived"):
    """Messages of ours that were delivered."""

    where: Where
    ids: list[Id]
    at: datetime


Item = Said | Arrived


def raw_of(item: Item) -> Raw:
    """The same again is the same; the same by two ways is understood as the same."""
    body = msgspec.json.encode(item)
    name = item.id if isinstance(item, Said) else "arrived"
    return Raw(f"{item.where}/{name[:150]}/{fingerprint(body)}", body)
