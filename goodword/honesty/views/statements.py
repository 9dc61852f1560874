"""Statements in force: declared and withdrawn by leads."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.honesty.declare import declare_statement, withdraw_statement
from goodword.honesty.forms import StatementForm
from goodword.honesty.models import Statement
from goodword.kernel.clock import current_time
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def new(request: MemberRequest) -> HttpResponse:
    """Declare one."""
    form = StatementForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        declare_statement(workspace=request.workspace, by=request.agent, now=current_time(), **form.cleaned_data)
        return done(request, go_to=_home(request), says=_("In force."), go_to_page=_home(request))
    context = {"form": form, "heading": _("What we say of a matter"), "fragment": "honesty/_statement.html"}
    return show(
        request, "ui/dialog_page.html", "honesty/_statement.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@needs(Role.LEAD)
def withdrawal(request: MemberRequest, statement: int) -> HttpResponse:
    """It is in force no more."""
    found = get_object_or_404(Statement.objects.of(request.workspace), pk=statement)
    withdraw_statement(statement=found, by=request.agent, now=current_time())
    return done(request, go_to=_home(request), says=_("Withdrawn."), go_to_page=_home(request))


def _home(request: MemberRequest) -> str:
    return reverse("honesty:home", args=[request.workspace.slug])
