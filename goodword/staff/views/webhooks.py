"""Webhooks: addresses that are told, and what became of each thing they were told."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.staff.deliver_webhooks import PAUSES
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role, Webhook, WebhookDelivery
from goodword.staff.tell_webhooks import Tiding, send_again, tell_one
from goodword.staff.webhooks import (
    WAITS_FOR,
    BadWebhook,
    delete_webhook,
    newest_secret,
    renew_secret,
    save_webhook,
    switch_webhook,
)
from goodword.ui.answers import done, show

SHOWN = 20  # deliveries


@require_GET
@needs(Role.LEAD)
def webhooks(request: MemberRequest) -> HttpResponse:
    """All of them."""
    found = Webhook.objects.of(request.workspace)
    return render(request, "staff/webhooks.html", {"webhooks": found, **_who(request)})


@require_GET
@needs(Role.LEAD)
def webhook(request: MemberRequest, webhook: int) -> HttpResponse:
    """One, with the last things it was told."""
    found = _find(request, webhook)
    deliveries = WebhookDelivery.objects.of(request.workspace).filter(webhook=found).order_by("-pk")[:SHOWN]
    context = {"webhook": found, "deliveries": deliveries, "most": len(PAUSES) + 1}
    context["waits_since"] = current_time() - WAITS_FOR
    return render(request, "staff/webhook.html", context | _who(request))


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Role.ADMIN)
def new(request: MemberRequest) -> HttpResponse:
    """Write one. The answer shows its secret once."""
    return _write(request, None, _("New webhook"))


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Role.ADMIN)
def change(request: MemberRequest, webhook: int) -> HttpResponse:
    """Another address, another name."""
    found = _find(request, webhook)
    return _write(request, found, found.name)


@never_cache
@require_POST
@needs(Role.ADMIN)
def secret(request: MemberRequest, webhook: int) -> HttpResponse:
    """Another secret, shown once."""
    return _show_secret(request, renew_secret(webhook=_find(request, webhook), by=request.agent, now=current_time()))


@require_POST
@needs(Role.ADMIN)
def switch(request: MemberRequest, webhook: int) -> HttpResponse:
    """On or off."""
    found, on = _find(request, webhook), request.POST.get("to") == "on"
    switch_webhook(webhook=found, on=on, by=request.agent, now=current_time())
    return _back(
        request,
        found,
        _("Switched on: what waited goes out.") if on else _("Switched off: what comes waits for three days."),
    )


@require_POST
@needs(Role.ADMIN)
def trial(request: MemberRequest, webhook: int) -> HttpResponse:
    """Tell it that this is a trial."""
    found = _find(request, webhook)
    said = {"workspace": request.workspace.slug, "text": _("A trial from Goodword.")}
    tell_one(webhook=found, tiding=Tiding("trial", said), now=current_time())
    return _back(request, found, _("On its way. What came of it stands below in a moment."))


@require_POST
@needs(Role.ADMIN)
def again(request: MemberRequest, delivery: int) -> HttpResponse:
    """Send once more."""
    found = get_object_or_404(WebhookDelivery.objects.of(request.workspace).select_related("webhook"), pk=delivery)
    send_again(delivery=found, now=current_time())
    return _back(request, found.webhook, _("Sent again."))


@require_POST
@needs(Role.ADMIN)
def deletion(request: MemberRequest, webhook: int) -> HttpResponse:
    """Forget one."""
    delete_webhook(webhook=_find(request, webhook), by=request.agent, now=current_time())
    address = reverse("team:webhooks", args=[request.workspace.slug])
    return done(request, go_to=address, says=_("Deleted."), go_to_page=address)


def _write(request: MemberRequest, found: Webhook | None, heading: str) -> HttpResponse:
    context: dict[str, Any] = {
        "webhook": found,
        "name": found.name if found else "",
        "url_typed": found.url if found else "",
        "about": found.about if found else Webhook.About.values,
        "choices": Webhook.About.choices,
        "heading": heading,
        "fragment": "staff/_webhook.html",
    }
    if request.method == "GET":
        return show(request, "ui/dialog_page.html", "staff/_webhook.html", context)
    given = {"name": request.POST.get("name", ""), "url": request.POST.get("url", "")}
    about = request.POST.getlist("about")
    try:
        kept = save_webhook(
            workspace=request.workspace, webhook=found, **given, about=about, by=request.agent, now=current_time()
        )
    except BadWebhook as error:
        context |= {
            "name": given["name"],
            "url_typed": given["url"],
            "about": about,
            "field": error.field,
            "error": str(error),
        }
        return show(request, "ui/dialog_page.html", "staff/_webhook.html", context, status=422)
    return _show_secret(request, kept) if found is None else _back(request, kept, _("Kept."))


def _show_secret(request: MemberRequest, kept: Webhook) -> HttpResponse:
    context = {
        "webhook": kept,
        "secret": newest_secret(kept),
        "heading": kept.name,
        "fragment": "staff/_webhook_secret.html",
    }
    return show(request, "ui/dialog_page.html", "staff/_webhook_secret.html", context)


def _who(request: MemberRequest) -> dict[str, Any]:
    return {"is_admin": request.membership.may(Role.ADMIN), "now": current_time()}


def _find(request: MemberRequest, pk: int) -> Webhook:
    return get_object_or_404(Webhook.objects.of(request.workspace), pk=pk)


def _back(request: MemberRequest, webhook: Webhook, says: str) -> HttpResponse:
    address = reverse("team:webhook", args=[request.workspace.slug, webhook.pk])
    return done(request, go_to=address, says=says, go_to_page=address)
