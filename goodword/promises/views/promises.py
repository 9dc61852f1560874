"""Promises: the list of them, and what becomes of one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.promises.confirm import confirm_promise
from goodword.promises.due import DueRefused, as_typed, house_hours, next_working_end, read_due
from goodword.promises.keep import keep_promise, take_keeping_back
from goodword.promises.listing import SHOWN, Chosen, promise_page
from goodword.promises.lock import PromiseMovedOn
from goodword.promises.models import Promise
from goodword.promises.renegotiate import NotAgreed, TooLateToRenegotiate, renegotiate_promise
from goodword.promises.report import word_kept
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show, way_back

PERIOD = timedelta(days=28)
either = require_http_methods(["GET", "POST"])


@require_GET
@needs(Role.VIEWER)
def promises(request: MemberRequest) -> HttpResponse:
    """What is to be kept, what falls due next first; and how well we kept our word in the last four weeks."""
    now, chosen = current_time(), Chosen.of(request.GET.dict())
    page = promise_page(chosen, workspace=request.workspace, agent=request.agent, start=request.GET.get("start", ""))
    context = {
        "chosen": chosen,
        "filters": [(name, label, chosen.query(show=name)) for name, (label, _standings) in SHOWN.items()],
        "page": page,
        "newer": chosen.query(start=str(page.start + len(page.promises))) if page.more else "",
        "word": word_kept(request.workspace, since=now - PERIOD, until=now, now=now),
        "may_act": request.membership.may(Role.AGENT),
        "now": now,
    }
    return show(request, "promises/promises.html", "promises/promises.html", context)


@either
@needs(Role.AGENT)
def keeping(request: MemberRequest, promise: int) -> HttpResponse:
    """It was kept; what shows it may be said."""
    found = _find(request, promise)
    if request.method == "GET":
        return _ask(request, found, "promises/_keeping.html", _("Kept"))
    try:
        keep_promise(promise=found, by=request.agent, evidence=request.POST.get("evidence", ""), now=current_time())
    except PromiseMovedOn as error:
        return _ask(request, found, "promises/_keeping.html", _("Kept"), error=str(error))
    undo = reverse("promises:withdrawal", args=[request.workspace.slug, found.pk])
    return _done(request, _("Kept."), undo=undo)


@require_POST
@needs(Role.AGENT)
def withdrawal(request: MemberRequest, promise: int) -> HttpResponse:
    """It was not kept, after all."""
    try:
        take_keeping_back(promise=_find(request, promise), by=request.agent, now=current_time())
    except PromiseMovedOn as error:
        return _done(request, str(error))
    return _done(request, _("It is to be kept again."))


@either
@needs(Role.AGENT)
def renegotiation(request: MemberRequest, promise: int) -> HttpResponse:
    """Another time, agreed with the customer before the first one has come."""
    found, heading = _find(request, promise), _("Another time")
    fragment = "promises/_renegotiation.html"
    if request.method == "GET":
        return _ask(request, found, fragment, heading, due=as_typed(found.due_at, ZoneInfo(found.zone)))
    typed = {"due": request.POST.get("due", ""), "agreed": request.POST.get("agreed", "")}
    try:
        due_at = read_due(typed["due"], zone=ZoneInfo(found.zone), now=current_time())
        renegotiate_promise(promise=found, by=request.agent, due_at=due_at, agreed=typed["agreed"], now=current_time())
    except DueRefused as error:
        return _ask(request, found, fragment, heading, due_error=str(error), **typed)
    except NotAgreed as error:
        return _ask(request, found, fragment, heading, agreed_error=str(error), **typed)
    except TooLateToRenegotiate as error:
        return _ask(request, found, fragment, heading, error=str(error), **typed)
    return _done(request, _("Moved, as agreed."))


@either
@needs(Role.AGENT)
def confirmation(request: MemberRequest, promise: int) -> HttpResponse:
    """What was only said becomes a promise, by a time."""
    found, heading = _find(request, promise), _("Confirm the promise")
    fragment, zone, now = "promises/_confirmation.html", ZoneInfo(found.zone), current_time()
    if request.method == "GET":
        is_ahead = found.due_at is not None and found.due_at > now
        return _ask(
            request,
            found,
            fragment,
            heading,
            due=as_typed(found.due_at if is_ahead else _offered(request, zone, now), zone),
        )
    due = request.POST.get("due", "")
    try:
        confirm_promise(promise=found, by=request.agent, due_at=read_due(due, zone=zone, now=now), now=now)
    except DueRefused as error:
        return _ask(request, found, fragment, heading, due=due, due_error=str(error))
    except PromiseMovedOn as error:
        return _ask(request, found, fragment, heading, due=due, error=str(error))
    return _done(request, _("It is to be kept now, by you."))


def _find(request: MemberRequest, pk: int) -> Promise:
    return get_object_or_404(Promise.objects.of(request.workspace).select_related("person", "owner"), pk=pk)


def _offered(request: MemberRequest, zone: ZoneInfo, now: datetime) -> datetime:
    return next_working_end(now, zone, house_hours(request.workspace.pk))


def _ask(request: MemberRequest, promise: Promise, fragment: str, heading: str, **more: str) -> HttpResponse:
    """The form, in the dialog or as a page; with a reason it was refused."""
    refused = any(name.endswith("error") for name in more)
    context: dict[str, Any] = {
        "promise": promise,
        "heading": heading,
        "fragment": fragment,
        "now": current_time(),
        "back": _back(request),
    } | more
    return show(request, "ui/dialog_page.html", fragment, context, status=422 if refused else 200)


def _back(request: MemberRequest) -> str:
    given = request.POST.get("back") or request.headers.get("HX-Current-URL", "").partition(request.get_host())[2]
    return way_back(given, otherwise=reverse("promises:all", args=[request.workspace.slug]))


def _done(request: MemberRequest, says: str, *, undo: str = "") -> HttpResponse:
    return done(request, go_to=_back(request), says=says, undo=undo, case_changed={}, promises_changed={})
