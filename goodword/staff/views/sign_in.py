"""Signing in by a one-time link."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from goodword.kernel.clock import current_time
from goodword.staff.sign_in import LinkSpent, redeem_sign_in_link


@never_cache
@require_GET
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Spend the link, and go to the inbox. A link that is spent says what to do instead.

    GET signs in, with no button in between: the console and an admin hand the link to one person, who opens it once.
    It is never mailed by us, so no mail scanner follows it before them; and a spent link gives nothing away.
    """
    try:
        agent = redeem_sign_in_link(token=token, now=current_time())
    except LinkSpent:
        if request.user.is_authenticated:
            return redirect("home")
        return render(request, "staff/link_spent.html", status=410)
    login(request, agent, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")
