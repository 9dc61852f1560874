"""The chat as visitors meet it: the loader on the brand's page, and the frame that it opens.

The frame works by plain forms; its script only shortens the trip, and shows our answers as they come. Nothing that is
asked for by GET holds anything of a visitor. A visitor's token never stands in an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from goodword.connectors.chat.hours import HoursUnreadable, read_hours
from goodword.connectors.storable import is_storable
from goodword.kernel.clock import current_time
from goodword.kernel.ids import new_token
from goodword.listen.chat_frame import frame_of
from goodword.listen.chat_thread import conversation_of
from goodword.listen.leave_address import leave_address
from goodword.listen.models import Source
from goodword.listen.note_shown import note_shown
from goodword.listen.public_key import public_key, source_of_key
from goodword.listen.take_chat import LONGEST, NotTaken, take_chat_message
from goodword.listen.views.chat_door import Caller, Refusal, caller_of, count_words, door, origins_of, refused

_LONGEST_PAGE = 1000  # characters


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form had in it when it was refused, and why it was."""

    text: str = ""
    address: str = ""
    trouble: str = ""


@require_safe
def loader(request: HttpRequest, key: str) -> HttpResponse:
    """The script that the brand's page loads. It is the same for every chat, and knows its own by its address."""
    if source_of_key(key) is None:
        raise Http404
    headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(_loader(), content_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _loader() -> bytes:
    return (Path(__file__).parent.parent / "static" / "chat" / "loader.js").read_bytes()


@door
@require_safe
def frame(request: HttpRequest, source: Source) -> HttpResponse:
    """The frame before anybody has said who they are."""
    return _page(source, None)


@door
@require_POST
def thread(request: HttpRequest, source: Source) -> HttpResponse:
    """The conversation as it stands. Asked for by POST: what lets the visitor in must not stand in an address."""
    return _answer(request, source, caller_of(request, source))


@door
@require_POST
def messages(request: HttpRequest, source: Source) -> HttpResponse:
    """A message of the visitor; the same `id` again is the same message."""
    caller = caller_of(request, source)
    text = request.POST.get("text", "")
    try:
        count_words(caller)
        take_chat_message(
            source=source,
            visitor=caller.visitor,
            message_id=request.POST.get("id", ""),
            text=text,
            page=_page_of(request, source),
            now=current_time(),
        )
    except NotTaken as error:
        return _refuse(source, caller, Refusal(422, str(error)), Typed(text=text, trouble=str(error)))
    except Refusal as refusal:
        return _refuse(source, caller, refusal, Typed(text=text, trouble=refusal.text))
    return _answer(request, source, caller)


@door
@require_POST
def address(request: HttpRequest, source: Source) -> HttpResponse:
    """An e-mail address, so that the conversation can go on by mail."""
    caller = caller_of(request, source)
    given = request.POST.get("address", "")
    try:
        count_words(caller)
        leave_address(
            source=source,
            visitor=caller.visitor,
            message_id=request.POST.get("id", ""),
            address=given,
            now=current_time(),
        )
    except NotTaken as error:
        return _refuse(source, caller, Refusal(422, str(error)), Typed(address=given, trouble=str(error)))
    except Refusal as refusal:
        return _refuse(source, caller, refusal, Typed(address=given, trouble=refusal.text))
    return _answer(request, source, caller)


def _answer(request: HttpRequest, source: Source, caller: Caller) -> HttpResponse:
    """The conversation. A script says when nobody has it before them; a page without one is always looked at."""
    if caller.token or request.POST.get("shown") == "yes":
        note_shown(source=source, visitor=caller.visitor, now=current_time())
    return _page(source, caller) if caller.token else HttpResponse(_render("listen/_chat_thread.html", source, caller))


def _refuse(source: Source, caller: Caller, refusal: Refusal, typed: Typed) -> HttpResponse:
    if not caller.token:
        return refused(refusal)
    response = _page(source, caller, typed)
    response.status_code = refusal.status
    if refusal.again_in:
        response.headers["Retry-After"] = str(refusal.again_in)
    return response


def _page(source: Source, caller: Caller | None, typed: Typed | None = None) -> HttpResponse:
    return HttpResponse(_render("listen/chat_frame.html", source, caller, typed))


def _render(template: str, source: Source, caller: Caller | None, typed: Typed | None = None) -> str:
    """Without the request: the frame shows nothing of an agent who is signed in, in the same browser."""
    now = current_time()
    said = conversation_of(source, caller.visitor) if caller else []
    key = public_key(source)
    context = {
        "house": source.workspace.name,
        "greeting": str(source.settings.get("greeting") or ""),
        "frame": frame_of(source, said, now=now),
        "said": said,
        "typed": typed or Typed(),
        "known_address": caller.visitor.identity.email if caller and caller.visitor.identity else "",
        "token": (caller.token if caller else "") or new_token(),
        "new_id": str(uuid4()),
        "longest": LONGEST,
        "key": key,
        "origins": " ".join(origins_of(source)),
        "live_url": reverse("chat_live", args=[key]),
        "now": now,
    }
    with timezone.override(_zone(source)):
        return render_to_string(template, context)


def _zone(source: Source) -> tzinfo | None:
    """Times are shown as the opening hours are; the script turns them into the visitor's own."""
    try:
        return read_hours(source.settings).zone
    except HoursUnreadable:
        return None


def _page_of(request: HttpRequest, source: Source) -> str:
    """The brand's page that the visitor is on, if it is one of those that may show the chat."""
    page = request.POST.get("page", "")
    try:
        parts = urlsplit(page if page.isascii() and page.isprintable() else "")
    except ValueError:  # e.g. half an IPv6 address
        return ""
    shown = f"{parts.scheme}://{parts.netloc}{parts.path}"
    known = f"{parts.scheme}://{parts.netloc}" in origins_of(source)
    return shown if known and len(shown) <= _LONGEST_PAGE and is_storable(shown) else ""
