"""Connect a new source: choose where, fill in what its connector wants to know, test it, keep it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.connectors.authorizing import Authorizes
from goodword.connectors.contract import Checks, Connector
from goodword.connectors.registry import UnknownConnector, connector
from goodword.kernel.clock import current_time
from goodword.listen.connectable import connectable
from goodword.listen.forms import ConnectForm
from goodword.listen.sources import NameTaken, SettingFault, open_source
from goodword.listen.steps import steps_of
from goodword.listen.trial_purse import TrialPurse, book_trials
from goodword.listen.try_settings import try_settings
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show


@require_GET
@needs(Role.ADMIN)
def choose(request: MemberRequest) -> HttpResponse:
    """What can be connected."""
    return render(request, "listen/choose.html", {"choices": connectable()})


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Role.ADMIN)
def connect(request: MemberRequest, key: str) -> HttpResponse:
    """The form of one connector."""
    chosen = find_connector(key)
    if request.method == "GET":
        return show_form(request, chosen, ConnectForm(chosen))
    form = ConnectForm(chosen, request.POST)
    if form.is_valid():
        try:
            source = open_source(
                workspace=request.workspace,
                connector_key=key,
                name=form.cleaned_data["name"],
                settings=form.settings,
                now=current_time(),
                by=request.agent,
            )
        except NameTaken as error:
            form.add_error("name", str(error))
        except SettingFault as error:
            form.add_error(f"setting-{error.field}", str(error))
        else:
            book_trials(session=request.session, source=source, now=current_time())
            address = reverse("listen:source", args=[request.workspace.slug, source.pk])
            return done(request, go_to=address, says=_("Connected. What is said there comes in from now on."))
    return show_form(request, chosen, form, status=422)


@never_cache
@require_POST
@needs(Role.ADMIN)
def trial(request: MemberRequest, key: str) -> HttpResponse:
    """Test the settings as they stand in the form; nothing is kept, and nothing is posted."""
    chosen = find_connector(key)
    form = ConnectForm(chosen, request.POST)
    if not form.is_valid():
        return show_form(request, chosen, form, status=422)
    purse = TrialPurse(request.session, chosen, form.settings, current_time)
    checks = try_settings(connector=chosen, settings=form.settings, purse=purse, now=current_time)
    return show_form(request, chosen, form, checks=checks)


def find_connector(key: str) -> Connector:
    """The connector of this key, or 404."""
    try:
        return connector(key)
    except UnknownConnector as error:
        raise Http404 from error


def show_form(
    request: MemberRequest, chosen: Connector, form: ConnectForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of connecting, with what was typed."""
    here = [request.workspace.slug, chosen.key]
    context = {
        "connector": chosen,
        "form": form,
        "can_check": isinstance(chosen, Checks),
        "tries_again": any(field.tries_again for field in chosen.fields),
        "steps": steps_of(chosen, form.typed),
        "now": current_time(),
        "url": reverse("listen:connect", args=here),
        "trial_url": reverse("listen:trial", args=here),
        "sign_in_url": reverse("listen:sign_in", args=here) if isinstance(chosen, Authorizes) else "",
        **more,
    }
    return show(request, "listen/connect.html", "listen/_connect.html", context, status=status)
