"""Open a workspace for a brand."""

from __future__ import annotations

from django.utils.text import slugify

from goodword.staff.models import Workspace


def open_workspace(*, name: str) -> Workspace:
    """A new workspace, under an address made of its name."""
    return Workspace.objects.create(name=name, slug=slugify(name)[:40] or "workspace")
