"""Write the taxonomy: its areas and their causes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.staff.models import Agent, Workspace
from goodword.triage.events import AreaSaved, CauseRetired, CauseSaved
from goodword.triage.models import Area, Audience, Cause


class BadCause(Exception):
    """The name is empty, too long or taken, or the area belongs to another workspace."""


@transaction.atomic
def save_area(
    *,
    workspace: Workspace,
    area: Area | None = None,
    name: str,
    audiences: Collection[Audience],
    by: Agent | None,
    now: datetime,
) -> Area:
    """A new area, or `area` with another name and audiences. Raises `BadCause`."""
    kept = Area.objects.select_for_update().get(pk=area.pk) if area else Area(workspace=workspace)
    kept.name = _checked(name, most=60)
    kept.audiences = [audience.value for audience in Audience if audience in audiences]
    _save(kept)
    fact = AreaSaved(workspace_id=workspace.pk, area_id=kept.pk, name=kept.name)
    record(fact, now=now, actor_id=by.pk if by else None)
    return kept


@transaction.atomic
def save_cause(
    *,
    workspace: Workspace,
    cause: Cause | None = None,
    area: Area,
    name: str,
    by: Agent | None,
    now: datetime,
) -> Cause:
    """A new cause, or `cause` with another name or area; one that was retired is in use again. Raises `BadCause`."""
    if area.workspace_id != workspace.pk:
        raise BadCause(_("This area belongs to another workspace. Choose one of this workspace."))
    kept = Cause.objects.select_for_update(of=("self",)).get(pk=cause.pk) if cause else Cause(workspace=workspace)
    kept.area, kept.name, kept.retired_at = area, _checked(name, most=80), None
    _save(kept)
    fact = CauseSaved(workspace_id=workspace.pk, cause_id=kept.pk, name=str(kept))
    record(fact, now=now, actor_id=by.pk if by else None)
    return kept


@transaction.atomic
def retire_cause(*, cause: Cause, by: Agent | None, now: datetime) -> Cause:
    """Give it to no further case; the cases that have it keep it. Retiring twice retires once."""
    kept = Cause.objects.select_for_update(of=("self",)).select_related("area").get(pk=cause.pk)
    if kept.retired_at is None:
        kept.retired_at = now
        kept.save(update_fields=["retired_at"])
        fact = CauseRetired(workspace_id=kept.workspace_id, cause_id=kept.pk, name=str(kept))
        record(fact, now=now, actor_id=by.pk if by else None)
    return kept


def _checked(name: str, *, most: int) -> str:
    plain = " ".join(name.replace("\x00", "").split())
    if not plain or len(plain) > most:
        raise BadCause(_("Give it a name of 1 to %(most)d characters.") % {"most": most})
    return plain


def _save(kept: Area | Cause) -> None:
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise BadCause(_("There is one called “%(name)s” already.") % {"name": kept.name}) from error
