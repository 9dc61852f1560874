"""What every page of a member shows around itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The workspace and the member, for the base page; empty for visitors."""
    membership = getattr(request, "membership", None)
    if membership is None:
        return {}
    return {"workspace": membership.workspace, "membership": membership}
