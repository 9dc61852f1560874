"""Listening: explore what is said, and save searches."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.language.searches import SearchError
from goodword.language.searches.limits import SEARCH_LENGTH
from goodword.listen.models import SavedSearch
from goodword.listen.saved_searches import (
    BadName,
    TooManySearches,
    delete_search,
    pause_search,
    resume_search,
    save_search,
    set_alarm,
)
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show
from goodword.web.kept_searches import kept_searches
from goodword.web.listening import in_words, read_exploration, trouble
from goodword.web.listening_examples import examples
from goodword.web.listening_span import DAYS, read_span

_MOST = SEARCH_LENGTH * 2  # characters that are read of an address; more than can be used, so that it is said
_LONGEST_NAME = 80


@require_GET
@needs(Role.VIEWER)
def listening(request: MemberRequest) -> HttpResponse:
    """What a search matches, or everything; with the searches that are saved."""
    now, text = current_time(), request.GET.get("q", "")[:_MOST]
    span = read_span(request.workspace, request.GET, now=now)
    context: dict[str, Any] = {
        **{"q": text, "span": span, "now": now, "periods": DAYS},
        **{"may_save": request.membership.may(Role.LEAD), "examples": examples()},
    }
    try:
        context["exploration"] = read_exploration(request.workspace, text, span, now=now)
    except SearchError as error:
        context["trouble"] = trouble(text, error)
    if request.headers.get("HX-Request") != "true":
        context["kept"] = kept_searches(request.workspace, now=now)
    return show(request, "web/listening.html", "web/_found.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def saving(request: MemberRequest, search: int | None = None) -> HttpResponse:
    """The form that saves what was typed, or changes what was saved."""
    found = get_object_or_404(SavedSearch.objects.of(request.workspace), pk=search) if search else None
    context: dict[str, Any] = {
        "search": found,
        "heading": _("Change a search") if found else _("Save this search"),
        "fragment": "web/_saving.html",
        "name": found.name if found else request.GET.get("name", "")[:_LONGEST_NAME],
        "text": found.text if found else request.GET.get("q", "")[:_MOST],
        "opens_cases": bool(found and found.opens_cases),
        "alarm": found.alarm if found else True,
    }
    if request.method == "GET":
        return show(request, "ui/dialog_page.html", "web/_saving.html", context)
    context |= {
        "name": request.POST.get("name", ""),
        "text": request.POST.get("text", "").strip(),
        "opens_cases": request.POST.get("opens_cases") == "1",
        "alarm": request.POST.get("alarm") == "1",
    }
    try:
        saved = save_search(
            workspace=request.workspace,
            by=request.agent,
            name=context["name"],
            text=context["text"],
            opens_cases=context["opens_cases"],
            alarm=context["alarm"],
            search=found,
            now=current_time(),
        )
    except (BadName, TooManySearches) as error:
        context["name_error"] = str(error)
    except SearchError as error:
        context["text_error"] = in_words(error)
    else:
        address = f"{_page(request)}?{urlencode({'q': saved.text})}"
        return done(request, go_to=address, says=_("Saved. The stored past is looked through now."), go_to_page=address)
    return show(request, "ui/dialog_page.html", "web/_saving.html", context, status=422)


@require_POST
@needs(Role.LEAD)
def alarm(request: MemberRequest, search: int) -> HttpResponse:
    """Tell leads of bursts, or don't."""
    found = get_object_or_404(SavedSearch.objects.of(request.workspace), pk=search)
    is_on = request.POST.get("on") == "1"
    set_alarm(search=found, alarm=is_on, by=request.agent, now=current_time())
    return _back(request, _("Leads are told of bursts.") if is_on else _("Nobody is told of bursts."))


@require_POST
@needs(Role.LEAD)
def stoppage(request: MemberRequest, search: int) -> HttpResponse:
    """Listen for it no more."""
    found = get_object_or_404(SavedSearch.objects.of(request.workspace), pk=search)
    pause_search(search=found, by=request.agent, now=current_time())
    return _back(request, _("Paused. What it matched stays."))


@require_POST
@needs(Role.LEAD)
def resumption(request: MemberRequest, search: int) -> HttpResponse:
    """Listen for it again."""
    found = get_object_or_404(SavedSearch.objects.of(request.workspace), pk=search)
    try:
        resume_search(search=found, by=request.agent, now=current_time())
    except SearchError as error:
        return _back(request, in_words(error))
    return _back(request, _("Resumed. What was said meanwhile is looked through now."))


@require_POST
@needs(Role.LEAD)
def deletion(request: MemberRequest, search: int) -> HttpResponse:
    """Forget it."""
    found = get_object_or_404(SavedSearch.objects.of(request.workspace), pk=search)
    delete_search(search=found, by=request.agent, now=current_time())
    return _back(request, _("Deleted. Mentions and cases stay."))


def _page(request: MemberRequest) -> str:
    return reverse("listening:explorer", args=[request.workspace.slug])


def _back(request: MemberRequest, says: str) -> HttpResponse:
    return done(request, go_to=_page(request), says=says, go_to_page=_page(request))
