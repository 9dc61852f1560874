"""Two cases that are one need, and one case that is two; and both taken back."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.care.lock import MergedAway
from goodword.care.merge import CannotMerge, CannotUndo, DifferentCustomers, merge_cases, undo_merge
from goodword.care.models import Case, CaseMerge
from goodword.care.split import CannotSplit, split_case, undo_split
from goodword.care.views._case import ask, case_url, changed, find_case
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done

CANDIDATES = 8
SPLITTABLE = 50  # the last messages


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def merge(request: MemberRequest, number: int) -> HttpResponse:
    """Put this case into another one of the same customer; two customers are asked about once more."""
    case = find_case(request, number)
    given = request.POST.get("into") or request.POST.get("other", "")
    others = Case.objects.of(request.workspace).standing().exclude(pk=case.pk)
    context: dict[str, Any] = {
        "candidates": others.filter(identity__person=case.identity.person).order_by("-last_message_at")[:CANDIDATES],
        "given": given,
        "earlier": _earlier(request, case),
    }
    if request.method == "GET":
        return ask(request, case, "care/_merge.html", _("Merge"), context)
    target = others.filter(number=read_id(given) or 0).first()
    try:
        if target is None:
            raise CannotMerge(_("There is no other case of this number."))
        made = merge_cases(
            origin=case,
            target=target,
            by=request.agent,
            confirmed=request.POST.get("confirmed") == given,
            now=current_time(),
        )
    except DifferentCustomers as error:
        context |= {"error": str(error), "confirm": given}
        return ask(request, case, "care/_merge.html", _("Merge"), context, status=422)
    except (CannotMerge, MergedAway) as error:
        return ask(request, case, "care/_merge.html", _("Merge"), context | {"error": str(error)}, status=422)
    # The page stands on a case that is out of sight now, so it goes to the one that stands for both.
    says = _("Merged into case %(number)s.") % {"number": made.target.number}
    return done(request, go_to=case_url(made.target), says=says, go_to_page=case_url(made.target))


def _earlier(request: MemberRequest, case: Case) -> list[CaseMerge]:
    """What was merged into the case or split off it, and can be taken back."""
    mine = Q(kind=CaseMerge.Kind.MERGE, target=case) | Q(kind=CaseMerge.Kind.SPLIT) & (Q(origin=case) | Q(target=case))
    merges = CaseMerge.objects.of(request.workspace).filter(mine, undone_at=None)
    return list(merges.select_related("origin", "target").order_by("-id")[:CANDIDATES])


@require_POST
@needs(Role.AGENT)
def undoing(request: MemberRequest, number: int, merge: int) -> HttpResponse:
    """Take a merge or a split back."""
    case = find_case(request, number)
    found = get_object_or_404(CaseMerge.objects.of(request.workspace).filter(Q(origin=case) | Q(target=case)), pk=merge)
    try:
        if found.kind == CaseMerge.Kind.MERGE:
            undo_merge(merge=found, by=request.agent, now=current_time())
        else:
            undo_split(split=found, by=request.agent, now=current_time())
    except (CannotUndo, MergedAway) as error:
        return done(request, go_to=case_url(case), says=str(error))
    return changed(request, case, _("Undone."))


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def split(request: MemberRequest, number: int) -> HttpResponse:
    """Make a case of its own of some messages."""
    case = find_case(request, number)
    messages = case.messages.select_related("mention__identity", "agent").order_by("-at", "-id")[:SPLITTABLE]
    chosen = {pk for pk in map(read_id, request.POST.getlist("message")) if pk is not None}
    context: dict[str, Any] = {"messages_to_split": list(messages)[::-1], "chosen": chosen, "now": current_time()}
    if request.method == "GET":
        return ask(request, case, "care/_split.html", _("Split"), context)
    try:
        new = split_case(case=case, message_ids=chosen, by=request.agent, now=current_time())
    except (CannotSplit, MergedAway) as error:
        return ask(request, case, "care/_split.html", _("Split"), context | {"error": str(error)}, status=422)
    return changed(request, case, _("Case %(number)s is made of it.") % {"number": new.number})
