"""What could not be understood, tried again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.kernel.clock import current_time
from goodword.kernel.seal import SealBroken
from goodword.listen.jobs import try_rejected
from goodword.listen.models import RawItem
from goodword.listen.understand_again import understand_again
from goodword.listen.views._source import find_source, source_url
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done


@require_POST
@needs(Role.ADMIN)
def again(request: MemberRequest, source: int, raw: int) -> HttpResponse:
    """One of them, at once. One that is understood already is left alone."""
    found = find_source(request, source)
    item = get_object_or_404(RawItem.objects.of(request.workspace).filter(source=found), pk=raw)
    try:
        tried, _last = understand_again(source_id=found.pk, raw_id=item.pk, by=request.agent, now=current_time())
    except (UnknownConnector, BrokenConnector, SealBroken) as error:
        return done(request, go_to=source_url(found), says=str(error))
    item.refresh_from_db(fields=["rejected_because"])
    says = _("Understood now.") if not item.rejected_because else _("It still can't be understood.")
    return done(request, go_to=source_url(found), says=says if tried.raws else _("It is understood already."))


@require_POST
@needs(Role.ADMIN)
def all_again(request: MemberRequest, source: int) -> HttpResponse:
    """All of them, one batch after the other."""
    found = find_source(request, source)
    try_rejected(found.pk)
    return done(
        request, go_to=source_url(found), says=_("They are being tried again. What is understood leaves the list.")
    )
