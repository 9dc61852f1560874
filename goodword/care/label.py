"""Put labels on cases and take them off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import regex
from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.events import CaseLabelled
from goodword.care.lock import lock_case
from goodword.care.models import Case, Label
from goodword.kernel import facts
from goodword.staff.models import Agent

MOST_AT_ONCE = 20  # labels named in one form
_SEEN = regex.compile(r"[^\p{C}\p{Z}\p{M}]")
# Controls and directions would let one label rearrange what stands beside it. Two joiners shape letters and emoji.
_INVISIBLE = regex.compile(r"[[\p{Cc}\p{Cf}\p{Cs}]--[\u200c\u200d]]+", regex.VERSION1)
_JOINERS = "\u200c\u200d "


class BadLabel(Exception):
    """A name can't be seen or is too long, they are too many, or the label belongs to another workspace."""


@transaction.atomic
def named_labels(*, workspace_id: int, typed: str) -> list[Label]:
    """The labels whose names were typed, separated by commas: all of them, or none is made. Raises `BadLabel`."""
    names = [name for name in typed.split(",") if name.strip()]
    if len(names) > MOST_AT_ONCE:
        raise BadLabel(_("Name at most %(most)d labels at once.") % {"most": MOST_AT_ONCE})
    return [named_label(workspace_id=workspace_id, name=name) for name in names]


def named_label(*, workspace_id: int, name: str) -> Label:
    """The label of this name, made if it is new; upper and lower case count as the same. Raises `BadLabel`."""
    name = " ".join(_INVISIBLE.sub("", " ".join(name.split())).strip(_JOINERS).split())
    longest = Label._meta.get_field("name").max_length or 0
    if not _SEEN.search(name) or len(name) > longest:
        raise BadLabel(_("A label has 1 to %(longest)d characters that can be seen.") % {"longest": longest})
    found = Label.objects.of(workspace_id).filter(name__iexact=name).first()
    return found or Label.objects.get_or_create(workspace_id=workspace_id, name=name)[0]


@transaction.atomic
def label_case(
    *, case: Case, by: Agent | None, add: Iterable[Label] = (), remove: Iterable[Label] = (), now: datetime
) -> Case:
    """Put labels on and take others off; what is so already is left alone. Raises `BadLabel`, `MergedAway`."""
    case = lock_case(case)
    present = {label.pk: label for label in case.labels.all()}
    added = {label.pk: label for label in add if label.pk not in present}
    removed = {label.pk: label for label in remove if label.pk in present}
    if any(label.workspace_id != case.workspace_id for label in added.values()):
        raise BadLabel(_("This label belongs to another workspace. Choose one of this workspace."))
    if not added and not removed:
        return case
    case.labels.add(*added)
    case.labels.remove(*removed)
    fact = CaseLabelled(
        workspace_id=case.workspace_id,
        case_id=case.pk,
        added=sorted(label.name for label in added.values()),
        removed=sorted(label.name for label in removed.values()),
    )
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    return case
