"""A reply on its way out, and the network's word on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from goodword.connectors.contract.heard import Author, Media

CLOCKS_DIFFER = timedelta(minutes=2)  # a network's and ours, at most


class Purpose(StrEnum):
    """Why we write. Some networks want to know: a template, a message tag, a header."""

    REPLY = "reply"
    RESOLUTION = "resolution"  # asks whether it is solved
    SURVEY = "survey"  # asks how well it was solved
    NOTICE = "notice"  # tells something unasked: an outage is over, a promise was kept


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply on its way out. The same `idempotency_key` is never delivered twice."""

    idempotency_key: str
    text: str
    private: bool
    thread: str | None
    in_reply_to: str | None  # native id
    references: tuple[str, ...]
    to: Author
    subject: str = ""
    agent_name: str = ""
    media: tuple[Media, ...] = ()
    purpose: Purpose = Purpose.REPLY
    automatic: bool = False  # no person wrote it: marked as such where the network can, so that machines don't answer
    written_at: datetime | None = None  # by our clock

    def may_stand_since(self, at: datetime) -> bool:
        """Whether what the network has since then can be this reply: not what was there before it was written.

        For `find_sent` of a network that takes no key, where the same words may have been said before.
        """
        return self.written_at is None or at >= self.written_at - CLOCKS_DIFFER


class Sent(StrEnum):
    """How far a reply came. States only move forward."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The network's word that it took a reply."""

    native_id: str
    at: datetime
    state: Sent = Sent.SENT
    url: str | None = None
