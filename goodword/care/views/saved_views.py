"""Views that agents saved: names for the inbox's filters."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.care.models import SavedView
from goodword.care.saved_views import BadView, address_of, delete_view, save_view, views_of
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show


@require_http_methods(["GET", "POST"])
@needs(Role.VIEWER)
def views(request: MemberRequest) -> HttpResponse:
    """Those there are, and a form that names the filters given in `query`."""
    may_share = request.membership.may(Role.LEAD)
    seen = views_of(workspace=request.workspace, agent=request.agent)
    context: dict[str, Any] = {
        "query": request.POST.get("query") or request.GET.urlencode(),
        "name": request.POST.get("name", ""),
        "may_share": may_share,
        "views": [(view, address_of(view, request.workspace)) for view in seen],
        "heading": _("Saved views"),
        "fragment": "care/_saved_views.html",
    }
    if request.method == "POST":
        shared = may_share and request.POST.get("shared") == "1"
        try:
            view = save_view(
                workspace=request.workspace,
                by=request.agent,
                name=context["name"],
                query=QueryDict(context["query"]).urlencode(),
                shared=shared,
            )
        except BadView as error:
            context["error"] = str(error)
            return show(request, "ui/dialog_page.html", "care/_saved_views.html", context, status=422)
        address = address_of(view, request.workspace)
        return done(request, go_to=address, says=_("Saved."), go_to_page=address)
    return show(request, "ui/dialog_page.html", "care/_saved_views.html", context)


@require_POST
@needs(Role.VIEWER)
def deletion(request: MemberRequest, view: int) -> HttpResponse:
    """Delete one's own view; those of everyone are for leads to delete."""
    deletable = Q(owner=request.agent) | (Q(owner=None) if request.membership.may(Role.LEAD) else Q(pk__in=[]))
    found = get_object_or_404(SavedView.objects.of(request.workspace).filter(deletable), pk=view)
    delete_view(view=found)
    address = reverse("care:views", args=[request.workspace.slug])
    return done(request, go_to=address, says=_("Deleted."), go_to_page=address)
