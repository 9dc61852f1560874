"""Sign in at a network instead of pasting a token: for a new source, or again for one that is connected."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings as house
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from goodword.connectors.authorizing import Authorizes
from goodword.connectors.contract import Connector, Refused, Retry
from goodword.kernel.clock import current_time
from goodword.listen.change_source import change_source
from goodword.listen.forms import ConnectForm, SettingsForm
from goodword.listen.models import Source
from goodword.listen.signing_in import SignIn, begin, keep_under_way, new_attempt, place_of, take_back
from goodword.listen.sources import NameTaken, SettingFault, open_source, resume_source
from goodword.listen.views._source import find_source, source_url
from goodword.listen.views.changing import show_settings
from goodword.listen.views.connecting import find_connector, show_form
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, for_one_reader

_UNDER_WAY = "signing_in"  # in the session


@never_cache
@require_POST
@needs(Role.ADMIN)
def sign_in(request: MemberRequest, key: str) -> HttpResponse:
    """Leave for the network, to connect a new source."""
    chosen = find_connector(key)
    form = ConnectForm(chosen, request.POST, obtains=_authorizes(chosen).obtains)
    if not form.is_valid():
        return show_form(request, chosen, form, status=422)
    if Source.objects.of(request.workspace).filter(name=form.cleaned_data["name"]).exists():
        form.add_error("name", str(NameTaken(form.cleaned_data["name"])))
        return show_form(request, chosen, form, status=422)
    try:
        return _leave(request, chosen, form)
    except (Refused, Retry) as error:
        return show_form(request, chosen, form, status=422, form_error=str(error))


@never_cache
@require_POST
@needs(Role.ADMIN)
def sign_in_again(request: MemberRequest, source: int) -> HttpResponse:
    """Leave for the network, to go on with new secrets."""
    found = find_source(request, source)
    form = SettingsForm(found, request.POST, obtains=_authorizes(found.connector).obtains)
    if not form.is_valid():
        return show_settings(request, found, form, status=422)
    try:
        return _leave(request, found.connector, form, source=found)
    except (Refused, Retry) as error:
        return show_settings(request, found, form, status=422, form_error=str(error))


@never_cache
@require_GET
@needs(Role.ADMIN)
def signed_in(request: MemberRequest, key: str, place: str) -> HttpResponse:
    """Back from the network: the state says that it is this browser's own attempt, good once."""
    chosen = find_connector(key)
    under_way = dict(request.session.get(_UNDER_WAY, {}))
    state = request.GET.get("state", "")
    try:
        back = take_back(under_way, state, key=key, place=place, now=current_time())
    except Refused as error:
        return show_form(request, chosen, ConnectForm(chosen), status=400, form_error=str(error))
    del under_way[state]
    request.session[_UNDER_WAY] = under_way
    told = {name: request.GET[name] for name in request.GET}
    try:
        obtained = _authorizes(chosen).arrive(settings=back.settings, attempt=back.attempt, kept=back.kept, query=told)
        source = _keep(request, back, {**back.settings, **obtained})
    except (Refused, Retry, NameTaken, SettingFault) as error:
        return for_one_reader(_typed_again(request, chosen, back, str(error)))
    return done(request, go_to=source_url(source), says=_("Connected. What is said there comes in from now on."))


def _leave(
    request: MemberRequest, chosen: Connector, form: ConnectForm, *, source: Source | None = None
) -> HttpResponse:
    """A page that goes on to the network by itself: a form's answer may not lead away from our own addresses."""
    connector = _authorizes(chosen)
    typed = {name: value for name, value in form.settings.items() if name not in connector.obtains}
    args = [request.workspace.slug, chosen.key, place_of(chosen, typed)]
    attempt = new_attempt(house.PUBLIC_URL + reverse("listen:signed_in", args=args))
    address, sign_in = begin(
        connector,
        key=chosen.key,
        name=form.cleaned_data["name"],
        settings=typed,
        attempt=attempt,
        source_id=source.pk if source else None,
        now=current_time(),
    )
    request.session[_UNDER_WAY] = keep_under_way(request.session.get(_UNDER_WAY, {}), sign_in)
    return for_one_reader(render(request, "listen/leaving.html", {"connector": chosen, "address": address}))


def _keep(request: MemberRequest, back: SignIn, settings: Mapping[str, str]) -> Source:
    now = current_time()
    if back.source_id is None:
        return open_source(
            workspace=request.workspace,
            connector_key=back.key,
            name=back.name,
            settings=settings,
            now=now,
            by=request.agent,
        )
    source = change_source(
        source=find_source(request, back.source_id), by=request.agent, name=back.name, settings=settings, now=now
    )
    resume_source(source=source, by=request.agent, now=now)
    return source


def _typed_again(request: MemberRequest, chosen: Connector, back: SignIn, trouble: str) -> HttpResponse:
    typed = {"name": back.name, **{f"setting-{name}": value for name, value in back.settings.items()}}
    if back.source_id is None:
        form = ConnectForm(chosen, typed, obtains=_authorizes(chosen).obtains)
        return show_form(request, chosen, form, status=422, form_error=trouble)
    found = find_source(request, back.source_id)
    return show_settings(request, found, SettingsForm(found, typed), status=422, form_error=trouble)


def _authorizes(chosen: Connector) -> Authorizes:
    if not isinstance(chosen, Authorizes):
        raise Http404
    return chosen
