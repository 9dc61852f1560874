"""Which workspace a command means."""

from __future__ import annotations

from goodword.staff.models import Workspace


class WorkspaceUnclear(Exception):
    """There is no such workspace, or several; the message says what to do."""


def the_workspace(slug: str | None) -> Workspace:
    """The workspace of this short name, or the only one there is. Raises `WorkspaceUnclear`."""
    workspaces = list(Workspace.objects.filter(slug=slug) if slug else Workspace.objects.order_by("slug"))
    if len(workspaces) == 1:
        return workspaces[0]
    if slug:
        raise WorkspaceUnclear(f"There is no workspace {slug!r}.")
    if not workspaces:
        raise WorkspaceUnclear("There is no workspace yet: `goodword up` makes one, and so does `goodword import`.")
    slugs = ", ".join(workspace.slug for workspace in workspaces)
    raise WorkspaceUnclear(f"There are several workspaces: choose one of {slugs} with --workspace.")
