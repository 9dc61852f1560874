"""Open a workspace for a brand."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from goodword.kernel import facts
from goodword.staff.events import WorkspaceOpened
from goodword.staff.models import Workspace

_SLUG_LENGTH = 40


@transaction.atomic
def open_workspace(*, name: str, now: datetime) -> Workspace:
    """A new workspace, under an address made of its name; where another has that, a number follows."""
    name = name[: Workspace.NAME_LENGTH]
    workspace = _made(name, slugify(name)[:_SLUG_LENGTH] or "workspace")
    facts.record(WorkspaceOpened(workspace_id=workspace.pk, name=name), now=now)
    return workspace


def _made(name: str, wanted: str) -> Workspace:
    for number in count(1):
        slug = wanted if number == 1 else f"{wanted}-{number}"
        try:
            with transaction.atomic():
                return Workspace.objects.create(name=name, slug=slug)
        except IntegrityError:
            if not Workspace.objects.filter(slug=slug).exists():
                raise
    raise AssertionError("numbers don't end")
