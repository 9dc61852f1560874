"""The address of the live stream."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.http import HttpResponseBase, StreamingHttpResponse

from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.web.stream import events

# A stream ends after this time and the page asks for a new one: who is no member any more gets none. It is no shorter
# since the page then looks at its list anew.
LIVES = timedelta(minutes=10)


@needs(Role.VIEWER)
def stream(request: MemberRequest) -> HttpResponseBase:
    """What changes in this workspace, as server-sent events. Served by Django's ASGI handler."""
    response = StreamingHttpResponse(
        events(
            request.workspace.pk,
            came_back=bool(request.headers.get("Last-Event-ID")),
            lives=LIVES.total_seconds(),
        ),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
    # The stream needs no row of its own any more.
    connection.close()
    return response
