"""Saved replies: everyone reads them, leads write them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goodword.care.forms import SavedReplyForm
from goodword.care.models import SavedReply
from goodword.care.own_text import own_text
from goodword.care.saved_replies import VARIABLES, ShortcutTaken, UnknownVariable, delete_reply, save_reply
from goodword.care.terms import NoWords
from goodword.honesty.drafts import wait_for_worker
from goodword.honesty.send_over import HeldBack
from goodword.kernel.clock import current_time
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show


@require_GET
@needs(Role.VIEWER)
def saved_replies(request: MemberRequest) -> HttpResponse:
    """All of them, those that are used most first."""
    context = {
        "replies": SavedReply.objects.of(request.workspace).order_by("-used", "shortcut"),
        "may_change": request.membership.may(Role.LEAD),
        "now": current_time(),
    }
    return show(request, "care/saved_replies.html", "care/saved_replies.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def new(request: MemberRequest) -> HttpResponse:
    """Write one."""
    return _write(request, None, _("Write a saved reply"))


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def change(request: MemberRequest, reply: int) -> HttpResponse:
    """Change one; what was sent with it stays as it is."""
    return _write(request, _find(request, reply), _("Change a saved reply"))


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def deletion(request: MemberRequest, reply: int) -> HttpResponse:
    """Ask, then delete: its words are gone for good."""
    found = _find(request, reply)
    if request.method == "GET":
        context = {"reply": found, "heading": _("Delete a saved reply"), "fragment": "care/_saved_reply_deletion.html"}
        return show(request, "ui/dialog_page.html", "care/_saved_reply_deletion.html", context)
    delete_reply(saved_reply=found, by=request.agent, now=current_time())
    return done(request, go_to=_list(request), says=_("Deleted."), go_to_page=_list(request))


def _write(request: MemberRequest, found: SavedReply | None, heading: str) -> HttpResponse:
    before = {"shortcut": found.shortcut, "title": found.title, "text": found.text} if found else None
    form = SavedReplyForm(request.POST if request.method == "POST" else None, initial=before)
    context: dict[str, Any] = {
        "form": form,
        "reply": found,
        "variables": VARIABLES,
        "heading": heading,
        "fragment": "care/_saved_reply.html",
    }
    if form.is_valid():
        wait_for_worker(request.workspace, own_text(form.cleaned_data["text"]), public=True, now=current_time())
        try:
            save_reply(
                workspace=request.workspace,
                by=request.agent,
                saved_reply=found,
                over=request.POST.get("reason", ""),
                now=current_time(),
                **form.cleaned_data,
            )
        except HeldBack as held:
            form.add_error("text", str(held))
            context |= {"found": held.found, "reason": request.POST.get("reason", ""), "asks_why": True}
        except ShortcutTaken as error:
            form.add_error("shortcut", str(error))
        except (UnknownVariable, NoWords) as error:
            form.add_error("text", str(error))
        else:
            return done(request, go_to=_list(request), says=_("Kept."), go_to_page=_list(request))
    status = 422 if form.is_bound else 200
    return show(request, "ui/dialog_page.html", "care/_saved_reply.html", context, status=status)


def _find(request: MemberRequest, pk: int) -> SavedReply:
    return get_object_or_404(SavedReply.objects.of(request.workspace), pk=pk)


def _list(request: MemberRequest) -> str:
    return reverse("care:all_saved_replies", args=[request.workspace.slug])
