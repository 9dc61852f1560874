"""Say what a customer is called, and what colleagues should know of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.kernel import facts
from goodword.people.events import PersonDescribed
from goodword.people.models import Person
from goodword.staff.models import Agent


@transaction.atomic
def describe_person(*, person: Person, name: str, about: str, by: Agent, now: datetime) -> Person:
    """An empty name lets that of their channel stand again. Only the team reads `about`; nothing fills it by itself."""
    if (person.name, person.about) == (name, about):
        return person
    person.name, person.about = name, about
    person.save(update_fields=["name", "about"])
    facts.record(PersonDescribed(workspace_id=person.workspace_id, person_id=person.pk), now=now, actor_id=by.pk)
    return person
