"""A reply that somebody wants to send, as it comes from whoever writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodword.care.given_word import NO_WORD, GivenWord
from goodword.care.models import Enclosure
from goodword.connectors.contract import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReply:
    """What is to be said, and how. One `idempotency_key` is one reply, however often it is sent.

    `automatic` is what counts as no first response; `word` what the writer confirmed of the promises in it.
    """

    text: str
    idempotency_key: str
    private: bool = False
    enclosures: Sequence[Enclosure] = ()
    purpose: Purpose = Purpose.REPLY
    automatic: bool = False
    word: GivenWord = NO_WORD


@dataclass(frozen=True, slots=True)
class Seen:
    """The ids of what its writer has seen: the customer's newest message, and the newest of all, so that a colleague's
    reply is noticed too. None is for writers who need not look, or who send it whatever was said since.
    """

    inbound_id: int | None = None
    message_id: int | None = None


UNSEEN_IS_FINE = Seen()
