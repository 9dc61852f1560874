"""What lies with the composer: notes, drafts, files, suggestions, and who else is here."""

from __future__ import annotations

from typing import cast

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.care.draft import save_draft
from goodword.care.enclose import Upload, enclose, enclosed, take_out
from goodword.care.lock import MergedAway
from goodword.care.models import MessageKind, SavedReply
from goodword.care.note import add_note
from goodword.care.presence import look_in
from goodword.care.saved_replies import fill_in
from goodword.care.terms import NotAllowed, NoWords
from goodword.care.views._case import case_url, find_case
from goodword.care.views._composer import composer_context
from goodword.kernel.clean_file import BadFile
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.kernel.virus_scan import ScannerAway
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.staff.who_may import who_may
from goodword.ui.answers import see_other, show, wants_fragment, with_events

SUGGESTIONS = 8
MOST = 200


@require_POST
@needs(Role.AGENT)
def notes(request: MemberRequest, number: int) -> HttpResponse:
    """Leave a note for the team."""
    case = find_case(request, number)
    text = request.POST.get("text", "")
    try:
        add_note(case=case, by=request.agent, text=text, now=current_time())
    except (NoWords, MergedAway) as error:
        context = composer_context(request, case, note_text=text, note_error=str(error), writes_note=True)
        return show(request, "care/composer.html", "care/_composer.html", context, status=422)
    if not wants_fragment(request):
        return see_other(case_url(case))
    response = render(request, "care/_composer.html", composer_context(request, case))
    return with_events(response, case_changed={})


@require_POST
@needs(Role.AGENT)
def draft(request: MemberRequest, number: int) -> HttpResponse:
    """Keep what is being written; empty text throws it away."""
    case = find_case(request, number)
    kind = MessageKind.NOTE if request.POST.get("kind") == MessageKind.NOTE else MessageKind.REPLY
    save_draft(
        case=case,
        by=request.agent,
        kind=kind,
        text=request.POST.get("text", ""),
        private=request.POST.get("private") == "1",
        reply_key=request.POST.get("idempotency_key", ""),
        now=current_time(),
    )
    if request.POST.get("discard"):
        if not wants_fragment(request):
            return see_other(case_url(case))
        response = render(request, "care/_composer.html", composer_context(request, case))
        return with_events(response, dialog_close={}, case_changed={})
    return HttpResponse(status=204)


@require_POST
@needs(Role.VIEWER)
def presence(request: MemberRequest, number: int) -> HttpResponse:
    """Say that we look at the case, and see who else does."""
    case = find_case(request, number)
    others = look_in(case=case, agent=request.agent, writing=request.POST.get("writing") == "1", now=current_time())
    return render(request, "care/_presence.html", {"others": others, "writers": [o for o in others if o.writing]})


@require_POST
@needs(Role.AGENT)
def enclosures(request: MemberRequest, number: int) -> HttpResponse:
    """Lay files with the draft, or take one (`take_out`) away."""
    case = find_case(request, number)
    error = ""
    for enclosure in enclosed(case=case, by=request.agent).filter(pk__in=_ids(request.POST.getlist("take_out"))):
        take_out(enclosure=enclosure)
    for file in request.FILES.getlist("files"):
        try:
            enclose(case=case, by=request.agent, file=cast(Upload, file))
        except (NotAllowed, BadFile, ScannerAway) as refused:
            error = str(refused)
    if wants_fragment(request):
        context = composer_context(request, case) | {"file_error": error}
        return render(request, "care/_enclosures.html", context, status=422 if error else 200)
    text, private = request.POST.get("text", ""), request.POST.get("private") == "1"
    save_draft(case=case, by=request.agent, kind=MessageKind.REPLY, text=text, private=private, now=current_time())
    return see_other(case_url(case))


def _ids(given: list[str]) -> list[int]:
    return [pk for pk in map(read_id, given) if pk is not None]


@require_GET
@needs(Role.AGENT)
def saved_replies(request: MemberRequest, number: int) -> HttpResponse:
    """Saved replies that a word may mean, the most used first."""
    case = find_case(request, number)
    word = request.GET.get("q", "")
    found = SavedReply.objects.of(request.workspace)
    if word:
        found = found.filter(Q(shortcut__istartswith=word) | Q(title__icontains=word))
    context = {
        "case": case,
        "found": found.order_by("-used", "shortcut")[: SUGGESTIONS if word else MOST],
        "heading": _("Saved replies"),
        "fragment": "care/_saved_replies.html",
    }
    if "q" in request.GET:
        return render(request, "care/_saved_reply_options.html", context)
    return show(request, "ui/dialog_page.html", "care/_saved_replies.html", context)


@require_POST
@needs(Role.AGENT)
def saved_reply(request: MemberRequest, number: int, reply: int) -> HttpResponse:
    """The text of a saved reply for this case; without a script it becomes the draft."""
    case = find_case(request, number)
    found = get_object_or_404(SavedReply.objects.of(request.workspace), pk=reply)
    text = fill_in(saved_reply=found, case=case, agent=request.agent)
    if wants_fragment(request):
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    save_draft(case=case, by=request.agent, kind=MessageKind.REPLY, text=text, private=False, now=current_time())
    return see_other(case_url(case))


@require_GET
@needs(Role.AGENT)
def colleagues(request: MemberRequest, number: int) -> HttpResponse:
    """Members that a name after @ may mean."""
    find_case(request, number)
    members = who_may(Role.VIEWER, workspace=request.workspace)
    found = members.filter(name__icontains=request.GET.get("q", ""))[:SUGGESTIONS]
    return render(request, "care/_colleagues.html", {"found": found})
