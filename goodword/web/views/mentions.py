"""Mentions: everything that was heard, what became of it, and an agent's word on that."""

from __future__ import annotations

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.care.open_from import CannotOpen, open_case_from
from goodword.care.set_aside import CHOICES, CannotSetAside, set_aside, undo_setting_aside
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.listen.models import Disposition, Mention
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, see_other, show, wants_fragment
from goodword.web.mentions import EVERYTHING, MentionFilter, find_row, read_mentions, sources_of

CHANGED = "changed"  # in the address: the mention that was just decided about


@require_GET
@needs(Role.VIEWER)
def mentions(request: MemberRequest) -> HttpResponse:
    """A page of them."""
    chosen, sources = MentionFilter.read(request.GET), sources_of(request.workspace)
    changed = read_id(request.GET.get(CHANGED, ""))
    context = {
        "page": read_mentions(request.workspace, chosen, after=request.GET.get("after", "")),
        "changed": find_row(request.workspace, changed) if changed is not None else None,
        "chosen": chosen,
        "dispositions": [("", _("Outside cases")), (EVERYTHING, _("Everything")), *Disposition.choices],
        "sources": sources,
        "channels": sorted({source.channel for source in sources}),
        "list": _list_of(request.GET),
        "may_act": request.membership.may(Role.AGENT),
        "now": current_time(),
    }
    return show(request, "web/mentions.html", "web/_mentions.html", context)


@require_POST
@needs(Role.AGENT)
def case(request: MemberRequest, mention: int) -> HttpResponse:
    """It needs one after all."""
    found = _find(request, mention)
    try:
        opened = open_case_from(mention=found, by=request.agent, now=current_time())
    except CannotOpen as error:
        return done(request, go_to=_back(request, found), says=str(error))
    address = reverse("care:case", args=[request.workspace.slug, opened.number])
    return done(request, go_to=address, says=_("This is case %(n)s now.") % {"n": opened.number}, go_to_page=address)


@require_POST
@needs(Role.AGENT)
def disposition(request: MemberRequest, mention: int) -> HttpResponse:
    """It needs none, and why."""
    found = _find(request, mention)
    given = request.POST.get("disposition", "")
    try:
        if given not in CHOICES:
            raise CannotSetAside(_("Choose what became of it."))
        set_aside(mention=found, disposition=Disposition(given), by=request.agent, now=current_time())
    except CannotSetAside as error:
        return done(request, go_to=_back(request, found), says=str(error))
    return _decided(request, found)


@require_POST
@needs(Role.AGENT)
def undoing(request: MemberRequest, mention: int) -> HttpResponse:
    """What was decided before stands again."""
    found = _find(request, mention)
    try:
        undo_setting_aside(mention=found, by=request.agent, now=current_time())
    except CannotSetAside as error:
        return done(request, go_to=_back(request, found), says=str(error))
    return _decided(request, found)


def _find(request: MemberRequest, pk: int) -> Mention:
    return get_object_or_404(Mention.objects.of(request.workspace), pk=pk)


def _decided(request: MemberRequest, mention: Mention) -> HttpResponse:
    """The row as it is now, where it stands; without a script, the list with that row above it."""
    if not wants_fragment(request):
        return see_other(_back(request, mention))
    row = find_row(request.workspace, mention.pk)
    if row is None:
        raise Http404
    context = {"row": row, "list": request.POST.get("list", ""), "may_act": True, "now": current_time()}
    return show(request, "web/_mention.html", "web/_mention.html", context)


def _back(request: MemberRequest, mention: Mention) -> str:
    """The list that the row stood in."""
    query = QueryDict(request.POST.get("list", ""), mutable=True)
    query[CHANGED] = str(mention.pk)
    return f"{reverse('web:mentions', args=[request.workspace.slug])}?{query.urlencode()}"


def _list_of(given: QueryDict) -> str:
    query = given.copy()
    query.pop(CHANGED, None)
    return query.urlencode()
