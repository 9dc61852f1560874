"""Sources: how each is, what was not heard, what was not understood; stopping and resuming."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.connectors.contract import Checks
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.kernel.seal import SealBroken
from goodword.listen.chat_snippet import snippet_of
from goodword.listen.forms import StopForm
from goodword.listen.health import GAPS_SHOWN, Standing, health_of, rejected_page, sources_of, standing
from goodword.listen.hook_standing import hook_standing_of
from goodword.listen.lag import lag_of
from goodword.listen.models import Source
from goodword.listen.purse import SourcePurse
from goodword.listen.silence import usual_silence
from goodword.listen.sources import resume_source, stop_source
from goodword.listen.try_settings import try_settings
from goodword.listen.views._source import find_source, source_url
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show

IMPORTS_SHOWN = 10


@require_GET
@needs(Role.VIEWER)
def sources(request: MemberRequest) -> HttpResponse:
    """All of them, and how each is."""
    now = current_time()
    context = {
        "sources": health_of(sources_of(request.workspace), now=now),
        "may_change": request.membership.may(Role.ADMIN),
        "now": now,
    }
    return render(request, "listen/sources.html", context)


@require_GET
@needs(Role.VIEWER)
def source(request: MemberRequest, source: int) -> HttpResponse:
    """One source: its health, its gaps, what it sent that nobody could read."""
    return _page(request, find_source(request, source))


@require_POST
@needs(Role.ADMIN)
def check(request: MemberRequest, source: int) -> HttpResponse:
    """Test it now, with the settings it has; nothing is posted anywhere."""
    found = find_source(request, source)
    context: dict[str, Any] = {"checks": []}
    try:
        if standing(found, current_time()) is not Standing.UNINSTALLED:
            purse = SourcePurse.of(found, current_time)
            context["checks"] = try_settings(
                connector=found.connector, settings=found.full_settings(), purse=purse, now=current_time
            )
    except SealBroken as error:
        context["check_error"] = str(error)
    return _page(request, found, **context)


@require_POST
@needs(Role.ADMIN)
def stoppage(request: MemberRequest, source: int) -> HttpResponse:
    """Stop listening; the ledger of gaps says why."""
    found = find_source(request, source)
    form = StopForm(request.POST)
    if not form.is_valid():
        return _page(request, found, stop_form=form, status=422)
    stop_source(source=found, by=request.agent, reason=form.cleaned_data["reason"], now=current_time())
    return done(request, go_to=source_url(found), says=_("Stopped."))


@require_POST
@needs(Role.ADMIN)
def resumption(request: MemberRequest, source: int) -> HttpResponse:
    """Listen again, from where it stopped."""
    found = find_source(request, source)
    resume_source(source=found, by=request.agent, now=current_time())
    return done(request, go_to=source_url(found), says=_("Listening again, from where it stopped."))


def _page(request: MemberRequest, source: Source, *, status: int = 200, **more: Any) -> HttpResponse:
    now = current_time()
    before = request.GET.get("before", "")
    rejected, older = rejected_page(source, before=read_id(before))
    health = health_of([source], now=now)[0]
    installed = health.standing is not Standing.UNINSTALLED
    context = {
        "source": source,
        "health": health,
        "installed": installed,
        "lag": lag_of(source, now),
        "usual_silence": usual_silence(source, now),
        "labels": {field.name: _(field.label) for field in source.connector.fields} if installed else {},
        "gaps": list(source.gaps.order_by("-since")[:GAPS_SHOWN]),
        "imports": list(source.import_runs.order_by("-pk")[:IMPORTS_SHOWN]),
        "rejected": rejected,
        "older": older,
        "may_change": request.membership.may(Role.ADMIN),
        "can_check": installed and isinstance(source.connector, Checks),
        "hook": hook_standing_of(source, now),
        "stop_form": StopForm(),
        "snippet": snippet_of(source) if request.membership.may(Role.ADMIN) else None,
        "now": now,
        **more,
    }
    return show(request, "listen/source.html", "listen/_checks.html", context, status=status)
