"""Give a workspace its name and its time zone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.kernel.facts import record
from goodword.staff.events import WorkspaceNamed
from goodword.staff.models import Agent, Workspace


@transaction.atomic
def name_workspace(*, workspace: Workspace, name: str, zone: str, by: Agent, now: datetime) -> Workspace:
    """Its address stays, so that links go on working. `zone` is an IANA name, checked where it was entered."""
    workspace.name, workspace.zone = name, zone
    workspace.save(update_fields=["name", "zone"])
    record(WorkspaceNamed(workspace_id=workspace.pk), now=now, actor_id=by.pk)
    return workspace
