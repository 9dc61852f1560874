"""The live stream of one visitor of the chat."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from goodword.connectors.chat.identity import IdentityRefused, KeyUnusable
from goodword.kernel.clock import current_time
from goodword.listen.chat_visitor import VisitorUnknown, visitor_of
from goodword.listen.public_key import source_of_key
from goodword.web.stream import hub, thread_events

# A stream ends after this time and the frame asks for a new one: who was vouched for must be so again.
LIVES = timedelta(minutes=4)
# Anybody may ask for one. Beyond this many, visitors see answers when their frame looks by itself, once a minute.
MOST_OPEN = 2_000


@require_safe
def chat_stream(request: HttpRequest, key: str) -> HttpResponseBase:
    """Says when the visitor's conversation went on, as server-sent events. Served by Django's ASGI handler."""
    source = source_of_key(key)
    if source is None:
        raise Http404
    try:
        visitor = visitor_of(source, request.headers.get("Authorization", ""), now=current_time())
    except (VisitorUnknown, IdentityRefused, KeyUnusable):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"})
    if hub.open >= MOST_OPEN:
        return HttpResponse(status=503, headers={"Retry-After": "60", "Cache-Control": "no-store"})
    events = thread_events(source.workspace_id, visitor.conversation, lives=LIVES.total_seconds())
    response = StreamingHttpResponse(
        events,
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
    connection.close()  # the stream needs no row any more
    return response
