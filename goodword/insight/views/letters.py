"""The weekly letters: to read, to copy, as plain text, and who gets them by mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.insight.letters import WEEKS_BACK, read_letter
from goodword.insight.mail_letters import letter_text
from goodword.kernel.clock import current_time
from goodword.learn.letter_readers import BadReader, add_reader, remove_readers
from goodword.learn.models import LetterReader, MailedLetter
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.staff.week import read_week, weeks_back
from goodword.triage.models import Audience
from goodword.ui.answers import see_other


@require_GET
@needs(Role.VIEWER)
def letter(request: MemberRequest) -> HttpResponse:
    """The letter of a week to an audience; last week's to product unless the address says otherwise."""
    return _page(request)


@require_GET
@needs(Role.VIEWER)
def text(request: MemberRequest) -> HttpResponse:
    """The same as plain text, for whoever fetches it."""
    plain = letter_text(request.workspace, _read(request)["letter"])
    return HttpResponse(plain, content_type="text/plain; charset=utf-8")


@require_POST
@needs(Role.LEAD)
def readers(request: MemberRequest) -> HttpResponse:
    """Put an address down for a letter."""
    audience, typed = request.POST.get("audience", ""), request.POST.get("email", "")[:300]
    if audience not in Audience.values:
        raise Http404
    try:
        add_reader(
            workspace=request.workspace, audience=Audience(audience), email=typed, by=request.agent, now=current_time()
        )
    except BadReader as error:
        return _page(request, audience=audience, typed=typed, problem=str(error))
    messages.success(request, _("From next Monday on."))
    return see_other(_address(request, audience))


@require_POST
@needs(Role.LEAD)
def removal(request: MemberRequest, reader: int) -> HttpResponse:
    """Take one off."""
    found = get_object_or_404(LetterReader.objects.of(request.workspace), pk=reader)
    remove_readers(readers=[found], by=request.agent, now=current_time())
    messages.success(request, _("They get it no more."))
    return see_other(_address(request, found.audience))


def _address(request: MemberRequest, audience: str) -> str:
    return reverse("insight:letter", args=[request.workspace.slug]) + f"?audience={audience}"


def _page(request: MemberRequest, *, audience: str = "", typed: str = "", problem: str = "") -> HttpResponse:
    context = _read(request, audience)
    found = LetterReader.objects.of(request.workspace).filter(audience=context["letter"].audience)
    of_week = MailedLetter.objects.filter(monday=context["letter"].week.monday)
    context |= {
        "plain": letter_text(request.workspace, context["letter"]).strip(),
        "readers": found.prefetch_related(Prefetch("letters", of_week, to_attr="of_week")),
        "is_lead": request.membership.may(Role.LEAD),
        "no_server": not settings.EMAIL_HOST,
        "typed": typed,
        "problem": problem,
    }
    return render(request, "insight/letter.html", context, status=422 if problem else 200)


def _read(request: MemberRequest, audience: str = "") -> dict[str, Any]:
    now = current_time()
    week = read_week(request.workspace, request.GET.get("week", ""), back=WEEKS_BACK, now=now)
    try:
        whom = Audience(audience or request.GET.get("audience", Audience.PRODUCT.value))
    except ValueError as error:
        raise Http404 from error
    if week is None:
        raise Http404
    return {
        "letter": read_letter(request.workspace, week, whom),
        "house": request.workspace.name,
        "mondays": weeks_back(request.workspace, WEEKS_BACK, now=now),
        "audiences": Audience.choices,
        "now": now,
    }
