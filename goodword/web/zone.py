"""Times are shown in the zone of the workspace, so that all of a team read the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone


class WorkspaceZoneMiddleware:
    """Stands after the membership's middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(None):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Known only now: the workspace stands in the address."""
        workspace = getattr(request, "workspace", None)
        if workspace is not None:
            timezone.activate(ZoneInfo(workspace.zone))
