"""Find people by what somebody types: how a name or a handle begins, or an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from goodword.people.models import Identity, Person
from goodword.staff.models import Workspace

PAGE = 40
MOST_LOOK_ALIKES = 8


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """People, and the id that the next page begins after; None at the end."""

    people: Sequence[Person]
    before: int | None


def find_people(text: str, *, workspace: Workspace, before: int | None = None, size: int = PAGE) -> PeoplePage:
    """Customers called so, or all of them, those we met last first."""
    people = _customers(workspace)
    plain = " ".join(text.lower().replace("\x00", "").split()).lstrip("@")
    if plain:
        accounts = _lowered(workspace).filter(
            Q(lower_handle__startswith=plain) | Q(lower_name__startswith=plain) | Q(email=plain)
        )
        named = people_named(workspace).filter(Q(lower_name__startswith=plain))
        people = people.filter(pk__in=accounts.values("person").union(named.values("pk")))
    if before is not None:
        people = people.filter(pk__lt=before)
    found = list(people.order_by("-pk")[: size + 1])
    return PeoplePage(found[:size], found[size - 1].pk if len(found) > size else None)


def look_alikes(person: Person) -> Sequence[Person]:
    """Others who share a name or an address with `person`: worth a look, proof of nothing."""
    identities = list(person.identities.all())  # once read, they are not asked for again
    names = {name.lower() for one in identities for name in (one.name, one.handle) if name} | {person.name.lower()}
    alike = Q(lower_name__in=names - {""}) | Q(lower_handle__in=names - {""})
    if emails := {one.email for one in identities if one.email}:
        alike |= Q(email__in=emails)
    accounts = _lowered(person.workspace_id).filter(alike)
    named = people_named(person.workspace_id).filter(Q(lower_name__in=names - {""}))
    same = accounts.values("person").union(named.values("pk"))
    others = _customers(person.workspace_id).exclude(pk=person.pk).filter(pk__in=same)
    return list(others.order_by("-pk")[:MOST_LOOK_ALIKES])


def people_named(workspace: Workspace | int) -> QuerySet[Person]:
    """Whom colleagues gave a name, with `lower_name`, as the index has it."""
    return Person.objects.of(workspace).exclude(name="").annotate(lower_name=Lower("name"))


def _customers(workspace: Workspace | int) -> QuerySet[Person]:
    """People who stand for themselves, and are not the brand."""
    ours = Identity.objects.filter(person=OuterRef("pk"), ours=True)
    return Person.objects.of(workspace).filter(~Exists(ours), merged_into=None).prefetch_related("identities")


def _lowered(workspace: Workspace | int) -> QuerySet[Identity]:
    """As the indexes have them."""
    return Identity.objects.of(workspace).annotate(lower_handle=Lower("handle"), lower_name=Lower("name"))
