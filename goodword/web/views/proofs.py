"""Proof that two customers are one person: a code is sent to one, and waited for from the other."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goodword.care.ask_for_proof import ask_for_proof, case_to_ask_in
from goodword.care.lock import MergedAway
from goodword.care.terms import NotAllowed, TooLong, WindowClosed
from goodword.honesty.send_over import HeldBack
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.people.models import Person
from goodword.people.prove import NothingToProve
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done


@require_POST
@needs(Role.AGENT)
def proof(request: MemberRequest, customer: int) -> HttpResponse:
    """Send the code, in the newest case in which nobody else reads it."""
    person = get_object_or_404(Person.objects.of(request.workspace), pk=customer)
    other = get_object_or_404(Person.objects.of(request.workspace), pk=read_id(request.POST.get("other", "")) or 0)
    case = case_to_ask_in(person)
    try:
        if case is None:
            raise NotAllowed(_("There is no case of theirs in which a code could be sent in private."))
        ask_for_proof(case=case, other=other, by=request.agent, now=current_time())
    except (NothingToProve, NotAllowed, TooLong, WindowClosed, HeldBack, MergedAway) as error:
        says = str(error)
    else:
        says = _(
            "The code is on its way. Once it is said there, both are one person; where a sender can be forged, you"
            " decide."
        )
    address = reverse("web:customer", args=[request.workspace.slug, person.pk])
    return done(request, go_to=address, says=says, go_to_page=address)
