"""Promises to try verbs on, of the world that care's tests use."""

from __future__ import annotations

from goodword.care.models import Case
from goodword.promises.make import Confirmed, make_promises
from goodword.promises.models import Promise
from goodword.staff.models import Agent
from tests.care.world import at

WORDS = "We'll call you back by Friday."
FRIDAY = 4 * 24 * 60 + 300  # minutes after Monday noon: Friday at five


def promise_of(case: Case, by: Agent, *, due: float = FRIDAY, when: float = 0, text: str = WORDS) -> Promise:
    """A confirmed promise, made and due so many minutes after noon."""
    confirmed = [Confirmed(text, at(due))]
    return make(case, by, text, confirmed, when=when)[0]


def make(case: Case, by: Agent, text: str, confirmed: list[Confirmed], *, when: float = 0) -> list[Promise]:
    return make_promises(
        case_id=case.pk,
        case_number=case.number,
        person=case.identity.person,
        text=text,
        confirmed=confirmed,
        by=by,
        now=at(when),
    )
