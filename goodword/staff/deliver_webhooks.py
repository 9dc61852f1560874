"""Send what webhooks are told, until it arrives; switch off an address that has failed for days, and say so."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_network

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goodword.kernel.checked_connection import Forbidden
from goodword.kernel.http_client import HttpClient, NoAnswer, NotSent
from goodword.kernel.seal import SealBroken
from goodword.kernel.webhook_signature import signed_headers
from goodword.staff.models import Notice, Role, Webhook, WebhookDelivery
from goodword.staff.notify import notify
from goodword.staff.webhooks import secrets_of, switch_webhook
from goodword.staff.who_may import who_may

log = logging.getLogger(__name__)

# As Standard Webhooks advises: three days in all, more patient each time.
PAUSES = tuple(timedelta(seconds=pause) for pause in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400))
OFF_AFTER = timedelta(days=3)  # of failing without one success
_SECONDS, _MOST_BYTES = 10, 1_000_000  # of an answer
_LEASE = timedelta(minutes=2)  # an attempt that its worker took to the grave is made again
_AT_ONCE = 50
_IN_A_ROW = 5


def deliver_due(*, clock: Callable[[], datetime]) -> int:
    """Send what is due, the oldest first; how many attempts. Outside of any transaction: the other side may be slow,
    which is why the time is asked anew.

    An address that failed is left alone for the rest, so that one that is dead holds nothing up; after a few in a row
    it is the turn of the others, so that neither does one that is slow.
    """
    failed: set[int] = set()
    had: Counter[int] = Counter()
    for done in range(_AT_ONCE):
        delivery = _claim({*failed, *(webhook for webhook, times in had.items() if times >= _IN_A_ROW)}, clock())
        if delivery is None:
            had.clear()
            delivery = _claim(failed, clock())
        if delivery is None:
            return done
        had[delivery.webhook_id] += 1
        says, gone = _send(delivery, clock())
        if says:
            failed.add(delivery.webhook_id)
        _settle(delivery, says=says, gone=gone, now=clock())
    return _AT_ONCE


@transaction.atomic
def _claim(others_than: set[int], now: datetime) -> WebhookDelivery | None:
    due = WebhookDelivery.objects.filter(next_at__lte=now, webhook__off_since=None).exclude(webhook__in=others_than)
    found = (
        due.select_related("webhook")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("next_at", "pk")
        .first()
    )
    if found is not None:
        found.attempts += 1
        found.next_at = now + _LEASE
        found.save(update_fields=["attempts", "next_at"])
    return found


def _send(delivery: WebhookDelivery, now: datetime) -> tuple[str, bool]:
    """What went wrong, empty if nothing; and whether the other side wants no more."""
    webhook, body = delivery.webhook, delivery.body.encode()
    networks = tuple(ip_network(network) for network in settings.ALSO_FETCH_FROM)
    try:
        keys = secrets_of(webhook, now=now)
        headers = signed_headers(key=delivery.key, at=int(now.timestamp()), body=body, secrets=keys)
        with HttpClient(webhook.url, also=networks, seconds=_SECONDS, max_bytes=_MOST_BYTES) as client:
            answer = client.ask(
                "POST", webhook.url, headers={"Content-Type": "application/json", **headers}, content=body
            )
    except (Forbidden, NotSent, NoAnswer, SealBroken) as error:
        return str(error), False
    if 200 <= answer.status < 300:
        return "", False
    return _("It answered %(status)d.") % {"status": answer.status}, answer.status == 410


@transaction.atomic
def _settle(delivery: WebhookDelivery, *, says: str, gone: bool, now: datetime) -> None:
    webhook = Webhook.objects.select_for_update().filter(pk=delivery.webhook_id).first()
    if webhook is None:  # deleted meanwhile
        return
    delivery.says = says[:200]
    if not says:
        delivery.delivered_at, delivery.next_at, webhook.failing_since = now, None, None
    else:
        pause = PAUSES[delivery.attempts - 1] if delivery.attempts <= len(PAUSES) else None
        delivery.next_at = None if pause is None or webhook.off_since else now + pause
        webhook.failing_since = webhook.failing_since or now
        log.warning("webhook %s: attempt %d failed", webhook.pk, delivery.attempts)
    delivery.save(update_fields=["says", "delivered_at", "next_at"])
    webhook.save(update_fields=["failing_since"])
    if says and (gone or (webhook.failing_since and now - webhook.failing_since >= OFF_AFTER)):
        _switch_off(webhook, says, now)


def _switch_off(webhook: Webhook, says: str, now: datetime) -> None:
    switch_webhook(webhook=webhook, on=False, because=says, by=None, now=now)
    notify(
        workspace_id=webhook.workspace_id,
        agent_ids=who_may(Role.ADMIN, workspace=webhook.workspace_id).values_list("pk", flat=True),
        kind=Notice.Kind.WEBHOOK_OFF,
        subject=f"webhook:{webhook.pk}",
        text=f"{webhook.name}: {says}",
        now=now,
    )


def doubt_deliveries() -> int:
    """After a restore, before a worker starts: what waits may have arrived since the backup was made, so that it is not
    sent unless somebody asks for it again; how many."""
    says = _("Restored from a backup: it may have arrived since. It isn't sent again by itself.")
    return WebhookDelivery.objects.filter(next_at__isnull=False).update(next_at=None, says=says[:200])


def forget_deliveries(*, before: datetime, limit: int) -> int:
    """What was made before and is over, or waits for a webhook that is off; how many went."""
    over = WebhookDelivery.objects.filter(Q(next_at=None) | Q(webhook__off_since__isnull=False), made_at__lt=before)
    gone: int = WebhookDelivery.objects.filter(pk__in=over.order_by("pk").values("pk")[:limit]).delete()[0]
    return gone
