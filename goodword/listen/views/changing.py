"""Change a source that is connected: its name, its settings, new secrets in place of old ones."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from goodword.connectors.authorizing import Authorizes
from goodword.connectors.contract import Checks, Settings
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.kernel.clock import current_time
from goodword.listen.change_source import change_source, end_earlier_secrets, with_kept
from goodword.listen.forms import SettingsForm
from goodword.listen.models import Source
from goodword.listen.newest_raw import newest_raw
from goodword.listen.purse import SourcePurse
from goodword.listen.sources import NameTaken, SettingFault, resume_source
from goodword.listen.steps import steps_of
from goodword.listen.try_settings import try_settings
from goodword.listen.views._source import find_source, source_url
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, see_other, show


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Role.ADMIN)
def settings(request: MemberRequest, source: int) -> HttpResponse:
    """The form of the source's connector, with what is set; secrets are never shown."""
    found = find_source(request, source)
    if not _has_connector(found):
        return see_other(source_url(found))
    if request.method == "GET":
        return show_settings(request, found, SettingsForm(found))
    form = SettingsForm(found, request.POST)
    if not form.is_valid() or not _changed(request, found, form):
        return show_settings(request, found, form, status=422)
    if found.state == Source.State.STOPPED and request.POST.get("resume") == "1":
        resume_source(source=found, by=request.agent, now=current_time())
        return done(request, go_to=source_url(found), says=_("Kept. Listening again, from where it stopped."))
    return done(request, go_to=source_url(found), says=_("Kept."))


@never_cache
@require_POST
@needs(Role.ADMIN)
def settings_trial(request: MemberRequest, source: int) -> HttpResponse:
    """Test the settings as they stand in the form, with the secrets that are kept; nothing is changed."""
    found = find_source(request, source)
    if not _has_connector(found):
        return see_other(source_url(found))
    form = SettingsForm(found, request.POST)
    if not form.is_valid():
        return show_settings(request, found, form, status=422)
    try:
        tried = with_kept(found, form.settings, forget=form.forget)
    except SettingFault as error:
        form.add_error(f"setting-{error.field}", str(error))
        return show_settings(request, found, form, status=422)
    tried_on: Settings = {**tried, "last_raw": newest_raw(found)}
    purse = SourcePurse.of(found, current_time)
    checks = try_settings(connector=found.connector, settings=tried_on, purse=purse, now=current_time)
    return show_settings(request, found, form, checks=checks)


@require_POST
@needs(Role.ADMIN)
def end_earlier(request: MemberRequest, source: int) -> HttpResponse:
    """What is signed with the earlier secrets counts no more."""
    found = find_source(request, source)
    end_earlier_secrets(source=found, by=request.agent, now=current_time())
    return done(request, go_to=source_url(found), says=_("Only the new secret counts now."))


def _changed(request: MemberRequest, found: Source, form: SettingsForm) -> bool:
    try:
        change_source(
            source=found,
            by=request.agent,
            name=form.cleaned_data["name"],
            settings=form.settings,
            forget=form.forget,
            now=current_time(),
        )
    except NameTaken as error:
        form.add_error("name", str(error))
        return False
    except SettingFault as error:
        form.add_error(f"setting-{error.field}", str(error))
        return False
    return True


def _has_connector(found: Source) -> bool:
    try:
        return found.connector is not None
    except (UnknownConnector, BrokenConnector):
        return False


def show_settings(
    request: MemberRequest, found: Source, form: SettingsForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a source's settings, with what was typed."""
    context = {
        "source": found,
        "form": form,
        "can_check": isinstance(found.connector, Checks),
        "tries_again": any(field.tries_again for field in found.connector.fields),
        "steps": steps_of(found.connector, form.typed if form.is_bound else found.settings),
        "now": current_time(),
        "is_stopped": found.state == Source.State.STOPPED,
        "url": source_url(found, "settings"),
        "trial_url": source_url(found, "settings_trial"),
        "sign_in_url": source_url(found, "sign_in_again") if isinstance(found.connector, Authorizes) else "",
        **more,
    }
    return show(request, "listen/settings.html", "listen/_connect.html", context, status=status)
