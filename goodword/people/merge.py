"""Find that two people are one, and take that back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel import facts
from goodword.people.events import PeopleMerged, PeopleMergeUndone
from goodword.people.models import Identity, Person, PersonMerge
from goodword.staff.models import Agent

_DESCRIBED = ("name", "about", "zone")


class CannotMergePeople(Exception):
    """The two can't be one; the message says why, and what to do instead."""


class BothVerified(CannotMergePeople):
    """Channels vouch for both, so they may well be two. Whoever knows better says so once more."""


class CannotUndoMerge(Exception):
    """It is undone already, or something that came later must be undone first."""


@transaction.atomic
def merge_people(
    *, kept: Person, absorbed: Person, evidence: str, by: Agent, confirmed: bool = False, now: datetime
) -> PersonMerge:
    """Give `absorbed`'s identities to `kept`; their cases follow, since cases point at identities.

    What colleagues wrote of `absorbed` (name, notes, zone) is said of `kept` too, as far as nothing else is.

    People are merged by an agent who says how they know (`evidence`), never on a guess of the house. Where both have a
    verified identity, `confirmed` must be said as well. Raises `CannotMergePeople`, `BothVerified`.
    """
    kept, absorbed = _lock(kept, absorbed)
    _check(kept, absorbed, evidence, confirmed)
    known = _known_of_both(kept, absorbed)
    identities = list(Identity.objects.filter(person=absorbed).order_by("pk").values_list("pk", flat=True))
    merge = PersonMerge.objects.create(
        workspace_id=kept.workspace_id,
        kept=kept,
        absorbed=absorbed,
        absorbed_name=absorbed.display_name,
        **{f"{field}_before": getattr(kept, field) for field in known},
        identities=identities,
        evidence=evidence.strip(),
        by=by,
        at=now,
    )
    Identity.objects.filter(pk__in=identities).update(person=kept)
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    _describe(kept, known)
    fact = PeopleMerged(workspace_id=kept.workspace_id, person_id=kept.pk, absorbed_id=absorbed.pk)
    facts.record(fact, now=now, actor_id=by.pk)
    return merge


@transaction.atomic
def undo_merge_people(*, merge: PersonMerge, by: Agent, now: datetime) -> Person:
    """Give the absorbed person their identities back, and return them. Raises `CannotUndoMerge`."""
    merge = PersonMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    kept, absorbed = _lock(merge.kept, merge.absorbed)
    if merge.undone_at is not None:
        raise CannotUndoMerge(_("This has been undone already."))
    if kept.merged_into_id is not None:
        raise CannotUndoMerge(_("This person was merged into another since. Undo that first."))
    Identity.objects.filter(pk__in=merge.identities, person=kept).update(person=absorbed)
    _describe(kept, _to_give_back(merge, kept, absorbed))
    absorbed.merged_into = None
    absorbed.save(update_fields=["merged_into"])
    merge.undone_at = now
    merge.save(update_fields=["undone_at"])
    fact = PeopleMergeUndone(workspace_id=kept.workspace_id, person_id=kept.pk, absorbed_id=absorbed.pk)
    facts.record(fact, now=now, actor_id=by.pk)
    return absorbed


def _known_of_both(kept: Person, absorbed: Person) -> dict[str, str]:
    """What is to be said of `kept` that is said of `absorbed` alone: a name and a zone where it has none, and notes."""
    known = {field: getattr(absorbed, field) for field in ("name", "zone") if not getattr(kept, field)}
    if absorbed.about.strip() and absorbed.about.strip() not in kept.about:
        known["about"] = "\n\n".join(filter(None, [kept.about.strip(), absorbed.about.strip()]))
    return {field: text for field, text in known.items() if text}


def _to_give_back(merge: PersonMerge, kept: Person, absorbed: Person) -> dict[str, str]:
    """What stood before, except where somebody wrote something else since: their words stay."""
    before = {field: getattr(merge, f"{field}_before") for field in _DESCRIBED}
    as_it_was = Person(**{field: getattr(kept, field) if text is None else text for field, text in before.items()})
    as_merged = _known_of_both(as_it_was, absorbed)
    return {
        field: text
        for field, text in before.items()
        if text is not None and getattr(kept, field) == as_merged.get(field)
    }


def _describe(person: Person, known: dict[str, str]) -> None:
    for field, text in known.items():
        setattr(person, field, text)
    person.save(update_fields=list(known))


def _lock(one: Person, other: Person) -> tuple[Person, Person]:
    """Both rows, locked in the order of their ids, so that two merges never wait for each other."""
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk]).order_by("pk")
    locked = {person.pk: person for person in rows}
    return locked[one.pk], locked[other.pk]


def _check(kept: Person, absorbed: Person, evidence: str, confirmed: bool) -> None:
    if kept.pk == absorbed.pk:
        raise CannotMergePeople(_("This is one and the same person. Choose another."))
    if kept.workspace_id != absorbed.workspace_id:
        raise CannotMergePeople(_("These people belong to two workspaces."))
    if kept.merged_into_id is not None or absorbed.merged_into_id is not None:
        raise CannotMergePeople(_("One of the two was merged already. Load the page again."))
    if not evidence.strip():
        raise CannotMergePeople(_("Write how you know that they are one person."))
    if not confirmed and _is_verified(kept) and _is_verified(absorbed):
        raise BothVerified(_("Both are verified by their channels. Confirm that they are one person all the same."))


def _is_verified(person: Person) -> bool:
    return Identity.objects.filter(person=person, verified=True).exists()
