"""What a draft promises and what speaks against it, while it is being written."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from goodword.care.draft import save_draft
from goodword.care.models import Case, MessageKind
from goodword.care.views._case import case_url, find_case
from goodword.care.views._reading import reading_context
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import see_other


@require_POST
@needs(Role.AGENT)
def reading(request: MemberRequest, number: int) -> HttpResponse:
    """Asked a moment after the last key; what was confirmed stays so. Nothing is stored: sending does that."""
    case = find_case(request, number)
    text, private = request.POST.get("text", request.POST.get("words", "")), request.POST.get("private") == "1"
    if request.POST.get("better"):
        return _put_in(request, case, text, private=private)
    return render(request, "care/_reading.html", reading_context(request, case, text=text, private=private))


def _put_in(request: MemberRequest, case: Case, text: str, *, private: bool) -> HttpResponse:
    """Without a script: the better words take their place in the draft."""
    number = read_id(request.POST["better"]) or 0
    spans, instead = request.POST.getlist("span"), request.POST.getlist("instead")
    if number < min(len(spans), len(instead)):
        text = text.replace("\r\n", "\n").replace(spans[number].replace("\r\n", "\n"), instead[number], 1)
    save_draft(case=case, by=request.agent, kind=MessageKind.REPLY, text=text, private=private, now=current_time())
    return see_other(case_url(case))
