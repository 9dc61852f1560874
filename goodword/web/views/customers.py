"""Customers: who they are, what they went through with us, and who else they are."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.care.journey import first_heard
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.people.describe import describe_person
from goodword.people.find import find_people, look_alikes
from goodword.people.likeness import likenesses
from goodword.people.merge import (
    BothVerified,
    CannotMergePeople,
    CannotUndoMerge,
    merge_people,
    undo_merge_people,
)
from goodword.people.models import Person, PersonMerge
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show
from goodword.web.customer import cases_of, merges_of, proofs_of, read_journey
from goodword.web.forms import DescriptionForm

CANDIDATES = 12


@require_GET
@needs(Role.VIEWER)
def customers(request: MemberRequest) -> HttpResponse:
    """Find one."""
    text, before = request.GET.get("q", "")[:200], request.GET.get("before", "")
    page = find_people(text, workspace=request.workspace, before=read_id(before))
    return render(request, "web/customers.html", {"page": page, "q": text, "now": current_time()})


@require_GET
@needs(Role.VIEWER)
def customer(request: MemberRequest, customer: int) -> HttpResponse:
    """One of them. Who was merged away is shown as whom they were found to be."""
    person = _find(request, customer)
    if person.merged_into_id is not None:
        return redirect("web:customer", request.workspace.slug, person.merged_into_id)
    context = {
        "person": person,
        "name": person.display_name,
        "identities": sorted(person.identities.all(), key=lambda one: (one.first_seen_at, one.pk)),
        "first_met": first_heard(person),
        "cases": cases_of(person),
        "merges": merges_of(person),
        "likenesses": likenesses(person),
        "proofs": proofs_of(person, current_time()),
        "journey": read_journey(person, after=request.GET.get("after", "")),
        "may_act": request.membership.may(Role.AGENT),
        "now": current_time(),
    }
    return show(request, "web/customer.html", "web/_journey.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def merge(request: MemberRequest, customer: int) -> HttpResponse:
    """Say that somebody else is this person, and how that is known."""
    person = _find(request, customer)
    sought = request.GET.get("q", "")[:200]
    found = find_people(sought, workspace=request.workspace, size=CANDIDATES).people if sought else look_alikes(person)
    context: dict[str, Any] = {
        "person": person,
        "q": sought,
        "candidates": [one for one in found if one.pk != person.pk],
        "given": request.POST,
        "heading": _("The same person as …"),
        "fragment": "web/_merge_people.html",
    }
    if request.method == "GET":
        return show(request, "ui/dialog_page.html", "web/_merge_people.html", context)
    chosen = request.POST.get("absorbed", "")
    absorbed = Person.objects.of(request.workspace).filter(pk=read_id(chosen) or 0).first()
    context["absorbed"] = absorbed
    try:
        if absorbed is None:
            raise CannotMergePeople(_("Choose who else it is."))
        merge_people(
            kept=person,
            absorbed=absorbed,
            evidence=request.POST.get("evidence", ""),
            by=request.agent,
            confirmed=request.POST.get("confirmed") == chosen,
            now=current_time(),
        )
    except CannotMergePeople as error:
        context |= {"error": str(error), "confirm": isinstance(error, BothVerified)}
        return show(request, "ui/dialog_page.html", "web/_merge_people.html", context, status=422)
    address = _address(person)
    return done(request, go_to=address, says=_("Both are one person now."), go_to_page=address)


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def description(request: MemberRequest, customer: int) -> HttpResponse:
    """What they are called, and what is to be known of them."""
    person = _find(request, customer)
    form = DescriptionForm(request.POST or None, initial={"name": person.name, "about": person.about})
    if request.method == "POST" and form.is_valid():
        describe_person(person=person, by=request.agent, now=current_time(), **form.cleaned_data)
        return done(request, go_to=_address(person), says=_("Kept."), go_to_page=_address(person))
    context = {
        "person": person,
        "form": form,
        "heading": _("About the customer"),
        "fragment": "web/_describe_person.html",
    }
    status = 422 if request.method == "POST" else 200
    return show(request, "ui/dialog_page.html", "web/_describe_person.html", context, status=status)


@require_POST
@needs(Role.AGENT)
def undoing(request: MemberRequest, customer: int, people_merge: int) -> HttpResponse:
    """They are two people after all."""
    person = _find(request, customer)
    found = get_object_or_404(PersonMerge.objects.of(request.workspace).filter(kept=person), pk=people_merge)
    try:
        undo_merge_people(merge=found, by=request.agent, now=current_time())
    except CannotUndoMerge as error:
        return done(request, go_to=_address(person), says=str(error))
    return done(request, go_to=_address(person), says=_("They are two people again."), go_to_page=_address(person))


def _find(request: MemberRequest, pk: int) -> Person:
    return get_object_or_404(Person.objects.of(request.workspace).prefetch_related("identities"), pk=pk)


def _address(person: Person) -> str:
    return reverse("web:customer", args=[person.workspace.slug, person.pk])
