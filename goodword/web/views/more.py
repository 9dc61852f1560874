"""Every place there is, for those who have no side bar: phones."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role


@require_GET
@needs(Role.VIEWER)
def more(request: MemberRequest) -> HttpResponse:
    """The navigation as a page."""
    return render(request, "web/more.html")
