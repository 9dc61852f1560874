"""Resolving a case, and taking that back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.care.before_resolve import NotYet, needed_before_resolving
from goodword.care.check_reply import check_before_sending
from goodword.care.given_word import NO_WORD
from goodword.care.lock import MergedAway
from goodword.care.record_cause import WrongCause
from goodword.care.reply import StaleThread
from goodword.care.resolve import resolve_case, where_to_ask
from goodword.care.take_back import take_back_resolution
from goodword.care.terms import NotAllowed, NoWords, TooLong, WindowClosed, terms_of
from goodword.care.views._case import ask, case_url, changed, find_case
from goodword.care.views._reading import read_word, reading_context, shown_all
from goodword.care.views.causes import cause_context, read_cause
from goodword.honesty.send_over import HeldBack
from goodword.kernel.clock import current_time
from goodword.kernel.ids import new_token, read_id
from goodword.promises.due import DueRefused
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import wants_fragment


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def resolution(request: MemberRequest, number: int) -> HttpResponse:
    """Say that it is solved: with a question to the customer, or without."""
    case = find_case(request, number)
    terms = terms_of(case)
    context: dict[str, Any] = {
        "can_ask": not terms.refusal,
        "refusal": terms.refusal,
        "words": request.POST.get("words", ""),
        "idempotency_key": new_token(),
        "seen_inbound_id": case.last_inbound_id,
        "needed": needed_before_resolving(case),
        **cause_context(request, case),
    }
    if context["can_ask"]:
        private, _with_link = where_to_ask(case)
        context |= reading_context(request, case, text=context["words"], private=private)
        context |= {"is_private": private, "insert": wants_fragment(request)}
    if request.method == "GET":
        return ask(request, case, "care/_resolution.html", _("Resolve"), context)
    asks = request.POST.get("ask") == "1"
    if asks and not shown_all(request, case, context["words"]):
        context["error"] = _("You promise something. Confirm it below, or send it as it is.")
        return ask(request, case, "care/_resolution.html", _("Resolve"), context, status=422)
    if asks:
        check_before_sending(case, context["words"], private=context.get("is_private", False), now=current_time())
    try:
        episode = resolve_case(
            case=case,
            by=request.agent,
            ask=asks,
            words=context["words"],
            cause=read_cause(request),
            idempotency_key=request.POST.get("idempotency_key", ""),
            seen_inbound_id=read_id(request.POST.get("seen_inbound_id", "")) or 0,
            over=request.POST.get("reason", ""),
            word=read_word(request, case) if asks else NO_WORD,
            now=current_time(),
        )
    except HeldBack as held:
        context |= {"error": str(held), "found": held.found, "asks_why": True}
        return ask(request, case, "care/_resolution.html", _("Resolve"), context, status=422)
    except NotYet as error:  # what has to be done before stands in the form, in red now
        refused = {"is_refused": True} if context["needed"] else {"error": str(error)}
        return ask(request, case, "care/_resolution.html", _("Resolve"), context | refused, status=422)
    except (StaleThread, TooLong, WindowClosed, NoWords, NotAllowed, MergedAway, WrongCause, DueRefused) as error:
        return ask(request, case, "care/_resolution.html", _("Resolve"), context | {"error": str(error)}, status=422)
    if episode.resolved_at is None:
        says = _("Your question waits for approval: once somebody else has let it go, the case is resolved.")
        return changed(request, case, says)
    return changed(request, case, _("Resolved."), undo=case_url(case, "withdrawal"))


@require_POST
@needs(Role.AGENT)
def withdrawal(request: MemberRequest, number: int) -> HttpResponse:
    """Take the resolution back; where the customer has had their word on it, begin a new episode."""
    case = find_case(request, number)
    try:
        take_back_resolution(case=case, by=request.agent, now=current_time())
    except MergedAway as error:
        return changed(request, error.into, str(error))
    return changed(request, case, _("It is open again."))
