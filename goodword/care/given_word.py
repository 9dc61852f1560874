"""What a reply does to our word: promises that it makes, and promises that it keeps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from goodword.care.models import Message
from goodword.promises.keep import keep_promise, take_keeping_back
from goodword.promises.make import Confirmed, make_promises
from goodword.promises.models import Promise
from goodword.promises.withdraw import withdraw_promises
from goodword.staff.models import Agent


@dataclass(frozen=True, slots=True)
class GivenWord:
    """The promises that the writer of a reply confirmed, and the ids of earlier ones that the reply keeps."""

    confirmed: Sequence[Confirmed] = ()
    keeps: Collection[int] = ()


NO_WORD = GivenWord()


def give_word(*, message: Message, word: GivenWord, by: Agent, now: datetime) -> None:
    """Call it in the transaction that queues the reply: a promise and the words that make it stand or fall together."""
    case, person = message.case, message.case.identity.person
    for kept in Promise.objects.of(case.workspace_id).made_to(person).to_be_kept().filter(pk__in=word.keeps):
        keep_promise(promise=kept, by=by, evidence_key=_key(message), now=now)
    made = make_promises(
        case_id=case.pk,
        case_number=case.number,
        person=person,
        text=message.text,
        confirmed=word.confirmed,
        by=by,
        now=now,
    )
    message.promises.set(made)


def take_word_back(*, message: Message, by: Agent, now: datetime) -> None:
    """Call it in the transaction that undoes the reply: nobody was promised anything, nothing was kept."""
    withdraw_promises(promises=message.promises.all(), by=by, now=now)
    for kept in Promise.objects.of(message.workspace_id).filter(evidence_key=_key(message)).order_by("pk"):
        take_keeping_back(promise=kept, by=by, now=now)


def _key(message: Message) -> str:
    return f"message:{message.pk}"
