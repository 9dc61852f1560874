"""An agent's own preferences: theme, keys, language."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.staff.forms import PreferencesForm
from goodword.staff.models import Agent
from goodword.staff.set_preferences import set_preferences
from goodword.ui.answers import see_other


@require_http_methods(["GET", "POST"])
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and keep them."""
    agent = cast(Agent, request.user)
    form = PreferencesForm(request.POST or None, instance=agent)
    if request.method == "POST" and form.is_valid():
        set_preferences(agent=agent, **form.cleaned_data)
        messages.success(request, _("Kept."))
        response = see_other(request.path)
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # an older choice, which would go before the browser's
        return response
    status = 422 if form.is_bound else 200
    return render(request, "staff/preferences.html", {"form": form}, status=status)
