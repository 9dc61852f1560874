"""What a reply does to our word: promises that it makes, and promises that it keeps. Both once it has arrived."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from goodword.care.delivery import ARRIVED
from goodword.care.lock_message import lock_message
from goodword.care.models import Message
from goodword.connectors.contract import Purpose
from goodword.promises.keep import keep_promise, take_keeping_back
from goodword.promises.make import Confirmed, make_promises
from goodword.promises.models import Promise, Standing
from goodword.promises.withdraw import withdraw_promises
from goodword.staff.models import Agent


@dataclass(frozen=True, slots=True)
class GivenWord:
    """The promises that the writer of a reply confirmed, and the ids of earlier ones that the reply keeps."""

    confirmed: Sequence[Confirmed] = ()
    keeps: Collection[int] = ()

    def to_json(self) -> dict[str, Any] | None:
        """As the reply carries it until it has arrived; None where nothing was confirmed."""
        kept: dict[str, Any] = msgspec.to_builtins(self)
        return kept if self.confirmed or self.keeps else None

    @classmethod
    def from_json(cls, kept: dict[str, Any] | None) -> GivenWord:
        """As it was when the reply was written."""
        return msgspec.convert(kept, cls) if kept else NO_WORD


NO_WORD = GivenWord()


@transaction.atomic
def settle_word(*, message_id: int, now: datetime) -> None:
    """Our word stands as far as the customer has got it: given once the reply has arrived, and taken back if that came
    back. What is held, failed or undone makes and keeps nothing. Twice is once.
    """
    message = lock_message(message_id)
    if message.agent is None or message.purpose not in {Purpose.REPLY, Purpose.RESOLUTION}:
        return
    if message.delivery not in ARRIVED:
        _take_back(message, message.agent, now)
    elif not message.promises.exclude(standing=Standing.WITHDRAWN).exists():
        _give(message, message.agent)


def _give(message: Message, by: Agent) -> None:
    """As of the moment in which the network took it."""
    case, person, word = message.case, message.case.identity.person, GivenWord.from_json(message.word)
    said_at = message.mention.at if message.mention else message.at
    promised = Promise.objects.of(case.workspace_id).made_to(person).to_be_kept().filter(pk__in=word.keeps)
    for kept in promised.select_for_update(of=("self",)).order_by("pk"):
        keep_promise(promise=kept, by=by, evidence_key=_key(message), now=said_at)
    made = make_promises(
        case_id=case.pk,
        case_number=case.number,
        person=person,
        text=message.text,
        confirmed=word.confirmed,
        by=by,
        now=said_at,
    )
    message.promises.set(made)


def _take_back(message: Message, by: Agent, now: datetime) -> None:
    withdraw_promises(promises=message.promises.all(), by=by, now=now)
    for kept in Promise.objects.of(message.workspace_id).filter(evidence_key=_key(message)).order_by("pk"):
        take_keeping_back(promise=kept, by=by, now=now)


def _key(message: Message) -> str:
    return f"message:{message.pk}"
