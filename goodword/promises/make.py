"""Make promises with a reply: those its writer confirmed, and, apart, those it only says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from goodword.kernel import facts
from goodword.people.models import Person
from goodword.promises.due import house_hours, zone_of
from goodword.promises.events import PromiseMade
from goodword.promises.lifecycle import remind_at
from goodword.promises.models import Promise, Standing
from goodword.promises.spot import Spotted, same_promise, spot
from goodword.staff.models import Agent


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A promise of a reply as its writer confirmed it: its words, and the moment that was shown to them."""

    words: str
    due_at: datetime


@transaction.atomic
def make_promises(
    *,
    case_id: int,
    case_number: int,
    person: Person,
    text: str,
    confirmed: Sequence[Confirmed],
    by: Agent,
    now: datetime,
) -> list[Promise]:
    """Keep what `text` promises. What is confirmed is to be kept from now on, and `by` owns it.

    What was confirmed and stands no more in the text was taken out of it, so it is no promise.
    """
    zone = zone_of(person)
    made = []
    for spotted in spot(text, now=now, zone=zone, house=house_hours(person.workspace_id)):
        word = next((one for one in confirmed if same_promise(one.words, spotted.words)), None)
        promise = _promise(spotted, word, now)
        promise.workspace_id, promise.person, promise.owner, promise.zone = person.workspace_id, person, by, zone.key
        promise.case_id, promise.case_number = case_id, case_number
        promise.save(force_insert=True)
        made.append(promise)
        if promise.standing == Standing.OPEN:
            announce_made(promise, by=by, now=now)
    return made


def _promise(spotted: Spotted, word: Confirmed | None, now: datetime) -> Promise:
    due_at = word.due_at if word else spotted.due_at
    return Promise(
        words=spotted.words,
        due_words=spotted.due_words,
        due_at=due_at,
        conditional=spotted.conditional,
        standing=Standing.OPEN if word else Standing.SAID,
        made_at=now,
        remind_at=remind_at(made_at=now, due_at=word.due_at) if word else None,
    )


def announce_made(promise: Promise, *, by: Agent, now: datetime) -> None:
    """Record that a promise is to be kept from now on."""
    assert promise.due_at is not None
    fact = PromiseMade(
        workspace_id=promise.workspace_id,
        case_id=promise.case_id,
        promise_id=promise.pk,
        due_at=promise.due_at.isoformat(),
    )
    facts.record(fact, now=now, actor_id=by.pk)
