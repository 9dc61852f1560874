"""Name an address that is told, give it a secret, switch it off and on."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.kernel.addresses import is_public, is_within
from goodword.kernel.checked_connection import Forbidden
from goodword.kernel.facts import record
from goodword.kernel.http_client import checked_origin
from goodword.kernel.seal import seal, unseal
from goodword.kernel.webhook_signature import new_secret
from goodword.staff.events import WebhookDeleted, WebhookFact, WebhookRekeyed, WebhookSaved, WebhookSwitched
from goodword.staff.models import Agent, Webhook, WebhookDelivery, Workspace

MOST = 20
WAITS_FOR = timedelta(days=3)  # what a webhook is told while it is off; after that it is old news
BOTH_SECRETS_FOR = timedelta(days=1)  # after a new one, so that the other side can take its time


class BadWebhook(Exception):
    """What was written can't be a webhook; `field` names what is wrong. Nothing of it was kept."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@transaction.atomic
def save_webhook(
    *,
    workspace: Workspace,
    webhook: Webhook | None = None,
    name: str,
    url: str,
    about: Collection[str],
    by: Agent | None,
    now: datetime,
) -> Webhook:
    """A new webhook with a secret of its own, or `webhook` changed. Raises `BadWebhook`."""
    name, url = " ".join(name.split()), url.strip()
    if not 0 < len(name) <= (Webhook._meta.get_field("name").max_length or 0):
        raise BadWebhook("name", _("Give it a name, of 60 characters at most."))
    if webhook is None and Webhook.objects.of(workspace).count() >= MOST:
        raise BadWebhook("name", _("A workspace has %(most)d webhooks at most.") % {"most": MOST})
    _check(url)
    kept = Webhook.objects.select_for_update().filter(pk=webhook.pk).first() if webhook else None
    kept = kept or Webhook(workspace=workspace, sealed=seal({"current": new_secret()}))
    kept.name, kept.url, kept.about = name, url, [each for each in Webhook.About.values if each in about]
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise BadWebhook("name", _("There is a webhook called “%(name)s” already.") % {"name": name}) from error
    _record(WebhookSaved(workspace_id=workspace.pk, webhook_id=kept.pk, name=name), by, now)
    return kept


@transaction.atomic
def renew_secret(*, webhook: Webhook, by: Agent | None, now: datetime) -> Webhook:
    """Another secret; for a day each delivery is signed with the one before, too."""
    kept = Webhook.objects.select_for_update().get(pk=webhook.pk)
    kept.sealed = seal({"current": new_secret(), "previous": unseal(bytes(kept.sealed))["current"]})
    kept.previous_until = now + BOTH_SECRETS_FOR
    kept.save(update_fields=["sealed", "previous_until"])
    _record(WebhookRekeyed(workspace_id=kept.workspace_id, webhook_id=kept.pk, name=kept.name), by, now)
    return kept


@transaction.atomic
def switch_webhook(*, webhook: Webhook, on: bool, by: Agent | None, now: datetime, because: str = "") -> None:
    """Off: what it is told waits. On: that of the last three days goes out, and what failed before counts no more."""
    kept = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if (kept.off_since is None) == on:
        return
    kept.off_since, kept.off_because, kept.failing_since = (None if on else now), because[:200], None
    kept.save(update_fields=["off_since", "off_because", "failing_since"])
    told = WebhookDelivery.objects.filter(webhook=kept, delivered_at=None)
    told.filter(next_at__isnull=False).update(next_at=None)
    if on:
        told.filter(made_at__gte=now - WAITS_FOR).update(attempts=0, next_at=now)
    _record(WebhookSwitched(workspace_id=kept.workspace_id, webhook_id=kept.pk, name=kept.name, on=on), by, now)


@transaction.atomic
def delete_webhook(*, webhook: Webhook, by: Agent | None, now: datetime) -> None:
    """Forget it, and what it was told."""
    fact = WebhookDeleted(workspace_id=webhook.workspace_id, webhook_id=webhook.pk, name=webhook.name)
    webhook.delete()
    _record(fact, by, now)


def secrets_of(webhook: Webhook, *, now: datetime) -> list[str]:
    """Those that hold now, the newest first. Raises `SealBroken`."""
    held = unseal(bytes(webhook.sealed))
    both = "previous" in held and webhook.previous_until is not None and now < webhook.previous_until
    return [held["current"], held["previous"]] if both else [held["current"]]


def newest_secret(webhook: Webhook) -> str:
    """To be shown once, right after it was made. Raises `SealBroken`."""
    return unseal(bytes(webhook.sealed))["current"]


def _check(url: str) -> None:
    """What can be known without asking anybody; where a name leads is checked at each connection."""
    if len(url) > (Webhook._meta.get_field("url").max_length or 0) or not url.isprintable():
        raise BadWebhook("url", _("This is no address, or one that is too long."))
    networks = [ipaddress.ip_network(network) for network in settings.ALSO_FETCH_FROM]
    try:
        host = checked_origin(url, {"https", "http"} if networks else {"https"}).host
    except Forbidden as error:
        raise BadWebhook("url", _("An address begins with https:// and a host, without a name or password.")) from error
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return
    if not is_public(host) and not is_within(host, networks):
        raise BadWebhook(
            "url",
            _("%(host)s is not on the public internet. Networks of your own are allowed by GOODWORD_ALSO_FETCH_FROM.")
            % {"host": host},
        )


def _record(fact: WebhookFact, by: Agent | None, now: datetime) -> None:
    record(fact, now=now, actor_id=by.pk if by else None)
