"""A web chat, and visitors who write in it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import jwt

from goodword.listen.chat_visitor import Visitor, anonymous_visitor
from goodword.listen.jobs import BATCH
from goodword.listen.models import Source
from goodword.listen.sources import open_source
from goodword.listen.take_chat import take_chat_message
from goodword.listen.understand import understand
from goodword.staff.models import Workspace

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PAGE = "https://shop.example"
SECRET = "a secret of thirty-two bytes or more"
MARA = "m" * 43  # tokens of two browsers
OTHER = "o" * 43


def at(minutes: float) -> datetime:
    """So many minutes after the Monday noon at which every test begins."""
    return NOON + timedelta(minutes=minutes)


def open_chat(workspace: Workspace | None = None, name: str = "Chat", **settings: str) -> Source:
    """A chat on the shop's pages, whose server signs with key k1."""
    workspace = workspace or Workspace.objects.create(name="Harbour", slug="harbour")
    identity = {"audience": "harbour-chat", "key_1_id": "k1", "key_1": SECRET}
    return open_source(
        workspace=workspace,
        connector_key="chat",
        name=name,
        settings={"origins": PAGE, **identity, **settings},
        now=NOON,
    )


def signed(sub: str = "customer-7", *, now: datetime = NOON, secret: str = SECRET, **claims: object) -> str:
    """What the shop's server says of a visitor."""
    said = {"sub": sub, "aud": "harbour-chat", "exp": now + timedelta(minutes=5), **claims}
    return jwt.encode(said, secret, algorithm="HS256", headers={"kid": "k1"})


def write(source: Source, text: str, *, visitor: Visitor | None = None, minutes: float = 0, key: str = "") -> bool:
    """A visitor writes; what came in is understood."""
    visitor = visitor or anonymous_visitor(MARA)
    key = key or hashlib.sha256(f"{text}{minutes}".encode()).hexdigest()[:32]
    new = take_chat_message(source=source, visitor=visitor, message_id=key, text=text, now=at(minutes))
    while understand(source_id=source.pk, limit=BATCH, now=at(minutes)).raws:
        pass
    return new
