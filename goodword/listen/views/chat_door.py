"""What stands before every page of the chat: which chat, from which page, how large, how often, by whom.

Visitors have no session and send no cookie: what lets them in travels in each request. There is nothing a forged form
of another site could use, hence `csrf_exempt`; and what says to come from another origin is refused all the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from goodword.connectors.chat.identity import IdentityRefused, KeyUnusable
from goodword.connectors.chat.origins import OriginsUnreadable, read_origins
from goodword.kernel.clock import current_time
from goodword.listen.chat_visitor import Visitor, VisitorUnknown, anonymous_visitor, visitor_of
from goodword.listen.models import Source
from goodword.listen.public_key import source_of_key
from goodword.listen.views.chat_limits import Limit, Limiter, TooOften, network_of

LARGEST = 64 * 1024  # bytes of a form
_FORM = "application/x-www-form-urlencoded"

_knocks = Limiter(Limit(every=timedelta(seconds=0.5), burst=120))  # of an address, whatever it asks
_words = Limiter(Limit(every=timedelta(seconds=3), burst=10))  # messages of a visitor

Door = Callable[[HttpRequest, Source], HttpResponse]


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """An answer that lets nobody in; `text` tells the visitor what to do."""

    status: int
    text: str
    again_in: int = 0  # seconds


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. `token` is set for browsers without a script: it stands in the forms of their page."""

    visitor: Visitor
    token: str = ""


def door(view: Door) -> Callable[..., HttpResponse]:
    """Find the chat of the key, let its pages frame the answer, and keep it out of caches and indexes."""

    @wraps(view)
    def guarded(request: HttpRequest, key: str) -> HttpResponse:
        source = source_of_key(key)
        if source is None:
            raise Http404
        try:
            _check(request)
            response = view(request, source)
        except Refusal as refusal:
            response = refused(refusal)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.frame_ancestors = " ".join(origins_of(source)) or "'none'"  # type: ignore[attr-defined]
        return response

    made: Any = xframe_options_exempt(csrf_exempt(guarded))
    return made  # type: ignore[no-any-return]


def origins_of(source: Source) -> tuple[str, ...]:
    """Pages that may show this chat; none where the setting can't be read."""
    try:
        return read_origins(source.settings)
    except OriginsUnreadable:
        return ()


def caller_of(request: HttpRequest, source: Source) -> Caller:
    """Who asks, by the header `Authorization` or, without a script, by the form's own token. Raises `Refusal`."""
    authorization = request.headers.get("Authorization", "")
    try:
        if authorization:
            return Caller(visitor_of(source, authorization, now=current_time()))
        token = request.POST.get("visitor", "")
        return Caller(anonymous_visitor(token), token)
    except VisitorUnknown as error:
        raise Refusal(401, _("This page has forgotten who you are: load it again.")) from error
    except (IdentityRefused, KeyUnusable) as error:
        # The reason is for developers, who find it in the answer; visitors are told what helps.
        raise Refusal(
            401, _("Your sign-in has run out: load the page again. (%(reason)s)") % {"reason": error}
        ) from error


def count_words(caller: Caller) -> None:
    """Count a message of the visitor. Raises `Refusal`."""
    try:
        _words.pass_or_refuse(caller.visitor.conversation, current_time())
    except TooOften as often:
        raise _later(often) from often


def refused(refusal: Refusal) -> HttpResponse:
    """The answer for a script, and for a form that a script didn't send when nothing better can be shown."""
    response = JsonResponse({"error": refusal.text}, status=refusal.status)
    if refusal.again_in:
        response.headers["Retry-After"] = str(refusal.again_in)
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _check(request: HttpRequest) -> None:
    try:
        _knocks.pass_or_refuse(network_of(request.META.get("REMOTE_ADDR", "")), current_time())
    except TooOften as often:
        raise _later(often) from often
    if request.method != "POST":
        return
    if not _is_our_own(request, request.headers.get("Origin", "")):
        raise Refusal(403, _("This form was sent from another site."))
    if request.content_type != _FORM:
        raise Refusal(415, _("Send a form."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise Refusal(413, _("That is too long: shorten it."))


def _is_our_own(request: HttpRequest, origin: str) -> bool:
    """Whether a request comes from the frame; old browsers don't say where a form comes from."""
    return not origin or origin in {_origin(settings.PUBLIC_URL), _origin(request.build_absolute_uri("/"))}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _later(often: TooOften) -> Refusal:
    seconds = max(1, math.ceil(often.again_in.total_seconds()))
    text = ngettext("That was fast: try again in %(n)d second.", "That was fast: try again in %(n)d seconds.", seconds)
    return Refusal(429, text % {"n": seconds}, seconds)
