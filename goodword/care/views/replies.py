"""Replies: queued, taken back, sent again."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.care.check_reply import check_before_sending
from goodword.care.draft import save_draft
from goodword.care.enclose import Upload, enclose, enclosed
from goodword.care.given_word import GivenWord
from goodword.care.lock import MergedAway
from goodword.care.models import Case, Enclosure, Message, MessageKind
from goodword.care.new_reply import UNSEEN_IS_FINE, NewReply, Seen
from goodword.care.reply import StaleThread, queue_reply
from goodword.care.send_again import send_again
from goodword.care.take_back import take_back_reply
from goodword.care.terms import NotAllowed, NoWords, TooLong, WindowClosed
from goodword.care.undo import TooLate
from goodword.care.views._case import case_url, changed, find_case
from goodword.care.views._composer import composer_context
from goodword.care.views._reading import carried, read_word, reading_context, spot_promises
from goodword.honesty.send_over import HeldBack
from goodword.kernel.clean_file import BadFile
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.kernel.virus_scan import ScannerAway
from goodword.promises.due import DueRefused
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, see_other, show, wants_fragment, with_events


class NotRead(Exception):
    """Where there is no script, what the draft promises is shown when it is first sent."""


@require_POST
@needs(Role.AGENT)
def replies(request: MemberRequest, number: int) -> HttpResponse:
    """Queue a reply. What can't be sent comes back with the reason, and all that was typed."""
    case = find_case(request, number)
    text = request.POST.get("text", "")
    private = request.POST.get("private") == "1"
    if not wants_fragment(request) and "read" not in request.POST and spot_promises(request, case, text):
        unread = NotRead(_("You promise something. Confirm it below, or send it as it is."))
        return _give_back(request, case, text=text, private=private, error=unread)
    check_before_sending(case, text, private=private, now=current_time())
    try:
        queue_reply(
            case=case,
            by=request.agent,
            reply=NewReply(
                text=text,
                private=private,
                idempotency_key=request.POST.get("idempotency_key", ""),
                enclosures=_enclosures(request, case),
                word=read_word(request, case),
            ),
            seen=_seen(request),
            over=request.POST.get("reason", ""),
            now=current_time(),
        )
    except StaleThread as stale:
        return _refuse(request, case, stale, text=text, private=private)
    except (
        TooLong,
        WindowClosed,
        NoWords,
        NotAllowed,
        MergedAway,
        BadFile,
        ScannerAway,
        DueRefused,
        HeldBack,
    ) as error:
        return _give_back(request, case, text=text, private=private, error=error)
    if not wants_fragment(request):
        return see_other(case_url(case))
    response = render(request, "care/_composer.html", composer_context(request, case))
    return with_events(response, case_changed={}, reply_queued={}, dialog_close={})


def _give_back(request: MemberRequest, case: Case, *, text: str, private: bool, error: Exception) -> HttpResponse:
    """The composer with all that was typed, and the reason why it was not sent."""
    context = composer_context(
        request,
        case,
        text=text,
        private=private,
        reply_error=str(error),
        idempotency_key=request.POST.get("idempotency_key", "") if not isinstance(error, NotAllowed) else "",
    )
    context |= reading_context(request, case, text=text, private=private, is_held=isinstance(error, HeldBack)) | {
        "reading": True
    }
    return show(request, "care/composer.html", "care/_composer.html", context, status=422)


def _seen(request: MemberRequest) -> Seen:
    if request.POST.get("send_anyway") == "1":
        return UNSEEN_IS_FINE
    return Seen(_number(request, "seen_inbound_id"), _number(request, "seen_message_id"))


def _number(request: MemberRequest, name: str) -> int:
    """An id out of the form; 0, which nothing has, for anything else: then the thread counts as not seen."""
    return read_id(request.POST.get(name, "")) or 0


def _enclosures(request: MemberRequest, case: Case) -> list[Enclosure]:
    """The files that lie with the draft, and those that come with the form where there is no script."""
    for file in request.FILES.getlist("files"):
        enclose(case=case, by=request.agent, file=cast(Upload, file))
    return list(enclosed(case=case, by=request.agent))


def _refuse(request: MemberRequest, case: Case, stale: StaleThread, *, text: str, private: bool) -> HttpResponse:
    """Something new was said: show it, and let the writer decide. The text is kept as a draft meanwhile."""
    now = current_time()
    save_draft(case=case, by=request.agent, kind=MessageKind.REPLY, text=text, private=private, now=now)
    context = {
        "case": case,
        "newer": stale.newer,
        "text": text,
        "private": private,
        "idempotency_key": request.POST.get("idempotency_key", ""),
        "carried": carried(request),
        "heading": _("There is something new"),
        "fragment": "care/_stale.html",
        "now": now,
    }
    response = show(request, "ui/dialog_page.html", "care/_stale.html", context, status=409)
    response.headers["HX-Retarget"] = "#dialog-content"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


@require_POST
@needs(Role.AGENT)
def undoing(request: MemberRequest, number: int, message: int) -> HttpResponse:
    """Take a reply back out of the outbox; its text stands in the composer again, with what was confirmed."""
    case = find_case(request, number)
    found = _find_reply(request, case, message)
    try:
        take_back_reply(message=found, by=request.agent, now=current_time())
    except TooLate as error:
        return changed(request, case, str(error))
    if not wants_fragment(request):
        return see_other(case_url(case))
    context = composer_context(request, case)
    word = GivenWord.from_json(found.word)
    read = reading_context(request, case, text=context["text"], private=context["private"], word=word)
    response = render(request, "care/_composer.html", {**context, **read, "reading": True})
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#composer", "outerHTML"
    return with_events(response, case_changed={}, reply_undone={})


@require_POST
@needs(Role.AGENT)
def again(request: MemberRequest, number: int, message: int) -> HttpResponse:
    """Send a failed reply again."""
    case = find_case(request, number)
    try:
        send_again(message=_find_reply(request, case, message), by=request.agent, now=current_time())
    except (NotAllowed, WindowClosed, TooLong) as error:
        return done(request, go_to=case_url(case), says=str(error))
    return changed(request, case, _("It is sent again."))


def _find_reply(request: MemberRequest, case: Case, pk: int) -> Message:
    replies = Message.objects.of(request.workspace).filter(case=case, kind=MessageKind.REPLY)
    return get_object_or_404(replies, pk=pk)


@require_GET
@needs(Role.AGENT)
def composer(request: MemberRequest, number: int) -> HttpResponse:
    """The composer as the server keeps it: with the draft, and with what has been said by now taken as seen."""
    case = find_case(request, number)
    response = show(request, "care/composer.html", "care/_composer.html", composer_context(request, case))
    return with_events(response, dialog_close={}, case_changed={}) if wants_fragment(request) else response
