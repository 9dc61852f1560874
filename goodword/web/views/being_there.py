"""What is promised to everybody, and how we did: for the house, and as a page that anybody may read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from goodword.care.presence_kept import FEWEST, fans_unanswered, presence_kept
from goodword.honesty.drafts import wait_for_worker
from goodword.honesty.publish_brand_page import publish_brand_page
from goodword.honesty.send_over import HeldBack
from goodword.kernel.clock import current_time
from goodword.listen.models import Source
from goodword.promises.models import BrandPage, PresencePromise
from goodword.promises.report import word_kept
from goodword.promises.save_presence import save_presence, withdraw_presence
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role, Workspace
from goodword.ui.answers import done, show
from goodword.web.forms import BrandPageForm, PresenceForm

DAYS = 28
either = require_http_methods(["GET", "POST"])


def _how_we_did(workspace: Workspace, now: datetime) -> dict[str, Any]:
    """The last whole days, today left out: it isn't over yet."""
    until = timezone.localtime(now, ZoneInfo(workspace.zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    since = until - timedelta(days=DAYS)
    return {
        "presences": presence_kept(workspace, since=since, until=until, now=now),
        "word": word_kept(workspace, since=since, until=until, now=now),
        "fewest": FEWEST,
        "since": since,
        "until": until - timedelta(days=1),
    }


@require_GET
@needs(Role.VIEWER)
def being_there(request: MemberRequest) -> HttpResponse:
    """Each channel's promise with how it was kept, and whom of those who praised us nobody thanked."""
    now = current_time()
    figures = _how_we_did(request.workspace, now)
    fans, count = fans_unanswered(request.workspace, since=figures["since"], until=now)
    context = figures | {
        "fans": fans,
        "fan_count": count,
        "page": BrandPage.objects.of(request.workspace).first(),
        "public_url": request.build_absolute_uri(reverse("brand_word", args=[request.workspace.slug])),
        "may_change": request.membership.may(Role.LEAD),
        "now": now,
    }
    return show(request, "web/being_there.html", "web/being_there.html", context)


@either
@needs(Role.LEAD)
def new(request: MemberRequest) -> HttpResponse:
    """Promise something for a channel."""
    return _write(request, None)


@either
@needs(Role.LEAD)
def change(request: MemberRequest, presence: int) -> HttpResponse:
    """Promise something else."""
    return _write(request, _find(request, presence))


@require_POST
@needs(Role.LEAD)
def withdrawal(request: MemberRequest, presence: int) -> HttpResponse:
    """Promise nothing there."""
    withdraw_presence(presence=_find(request, presence), by=request.agent, now=current_time())
    return done(request, go_to=_home(request), says=_("Nothing is promised there any more."), go_to_page=_home(request))


@either
@needs(Role.LEAD)
def publication(request: MemberRequest) -> HttpResponse:
    """Whether anybody may read how we did."""
    page = BrandPage.objects.of(request.workspace).first()
    before = {"shown": page.shown, "words": page.words} if page else None
    form = BrandPageForm(request.POST if request.method == "POST" else None, initial=before)
    context: dict[str, Any] = {
        "form": form,
        "heading": _("The page for everybody"),
        "fragment": "web/_brand_page.html",
    }
    if form.is_valid():
        typed, over, now = form.cleaned_data, request.POST.get("reason", ""), current_time()
        if typed["shown"]:
            wait_for_worker(request.workspace, typed["words"], public=True, now=now)
        try:
            publish_brand_page(workspace=request.workspace, over=over, by=request.agent, now=now, **typed)
        except HeldBack as held:
            form.add_error("words", str(held))
            context |= {"found": held.found, "reason": over, "asks_why": True}
        else:
            return done(request, go_to=_home(request), says=_("Kept."), go_to_page=_home(request))
    status = 422 if form.is_bound else 200
    return show(request, "ui/dialog_page.html", "web/_brand_page.html", context, status=status)


@require_safe
def brand_word(request: HttpRequest, brand: str) -> HttpResponse:
    """For anybody: what we promised, and how we did. It doesn't exist unless the brand says so."""
    page = BrandPage.objects.select_related("workspace").filter(workspace__slug=brand, shown=True).first()
    if page is None:
        raise Http404
    context = _how_we_did(page.workspace, current_time()) | {"page": page, "house": page.workspace.name}
    response = render(request, "web/brand_word.html", context)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _write(request: MemberRequest, found: PresencePromise | None) -> HttpResponse:
    sources = Source.objects.of(request.workspace).values_list("channel", flat=True)
    channels = [found.channel] if found else sorted(set(sources))
    form = PresenceForm(
        request.POST if request.method == "POST" else None, channels=channels, initial=_typed(found) if found else None
    )
    if form.is_valid():
        names = ("channel", "hours", "answer_minutes", "days_a_week")
        chosen = {name: form.cleaned_data[name] for name in names}
        save_presence(workspace=request.workspace, by=request.agent, now=current_time(), **chosen)
        return done(request, go_to=_home(request), says=_("Promised."), go_to_page=_home(request))
    context = {
        "form": form,
        "presence": found,
        "heading": _("Promise to be there"),
        "fragment": "web/_presence_promise.html",
    }
    status = 422 if form.is_bound else 200
    return show(request, "ui/dialog_page.html", "web/_presence_promise.html", context, status=status)


def _typed(presence: PresencePromise) -> dict[str, object]:
    minutes = presence.answer_minutes
    unit = next(unit for unit in (1440, 60, 1) if minutes % unit == 0)
    return {
        "channel": presence.channel,
        "number": minutes // unit,
        "unit": unit,
        "days_a_week": presence.days_a_week,
        "hours": presence.hours,
    }


def _find(request: MemberRequest, pk: int) -> PresencePromise:
    return get_object_or_404(PresencePromise.objects.of(request.workspace), pk=pk)


def _home(request: MemberRequest) -> str:
    return reverse("web:being_there", args=[request.workspace.slug])
