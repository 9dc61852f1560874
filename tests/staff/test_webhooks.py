"""Webhooks: signed, tried again, never sent where only we can go, and switched off where nobody listens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from goodword.kernel.models import FactRow
from goodword.staff.deliver_webhooks import OFF_AFTER, PAUSES, deliver_due, doubt_deliveries, forget_deliveries
from goodword.staff.models import Agent, Notice, Role, Webhook, WebhookDelivery
from goodword.staff.tell_webhooks import Tiding, send_again, tell_one, tell_webhooks
from goodword.staff.webhooks import BadWebhook, newest_secret, renew_secret, save_webhook, secrets_of, switch_webhook
from tests.care.world import World, at
from tests.staff.webhook_receiver import Received, Receiver

pytestmark = pytest.mark.django_db
HOME = "/w/harbour/team/webhooks/"


@pytest.fixture
def there(settings: Any) -> Iterator[Receiver]:
    settings.ALSO_FETCH_FROM = ["127.0.0.0/8"]
    with Receiver() as receiver:
        yield receiver


def hook(world: World, url: str, *, about: tuple[str, ...] = ("hours",)) -> Webhook:
    return save_webhook(workspace=world.workspace, name="Pager", url=url, about=about, by=None, now=at(0))


def tell(world: World, minute: float = 0) -> int:
    tiding = Tiding("hours.unwatched", {"calendar": "Ours — all of them"})
    return tell_webhooks(workspace_id=world.workspace.pk, about="hours", tidings=[tiding], now=at(minute))


def deliver(minute: float) -> int:
    return deliver_due(clock=lambda: at(minute))


def is_signed(received: Received, secret: str) -> bool:
    """As a receiver checks it, from the specification."""
    head = received.headers
    content = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + received.body
    mac = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), content, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(mac).decode()}" in head["webhook-signature"].split(" ")


def test_it_is_told_once_and_can_check_who_told_it(world: World, there: Receiver) -> None:
    kept = hook(world, there.url)
    assert tell(world) == 1
    assert (deliver(1), deliver(2)) == (1, 0)
    (received,) = there.received
    assert is_signed(received, newest_secret(kept))
    assert not is_signed(received._replace(body=received.body + b" "), newest_secret(kept))
    assert received.headers["webhook-timestamp"] == str(int(at(1).timestamp()))
    told = json.loads(received.body)
    assert (told["type"], told["data"]["calendar"]) == ("hours.unwatched", "Ours — all of them")
    assert WebhookDelivery.objects.get().delivered_at == at(1)


def test_what_it_did_not_ask_for_it_is_not_told(world: World) -> None:
    hook(world, "https://example.com/hook", about=("causes",))
    assert (tell(world), WebhookDelivery.objects.count()) == (0, 0)


def test_a_failure_is_tried_again_under_the_same_id_ever_more_patiently(world: World, there: Receiver) -> None:
    hook(world, there.url)
    there.answers.extend([500, 307])
    tell(world)
    assert (deliver(0), deliver(0.05), deliver(0.1), deliver(1)) == (1, 0, 1, 0)
    failed = WebhookDelivery.objects.get()
    assert (failed.attempts, failed.says, failed.delivered_at) == (2, "It answered 307.", None)
    assert deliver(6) == 1
    assert len({received.headers["webhook-id"] for received in there.received}) == 1
    assert (len(there.received), WebhookDelivery.objects.get().delivered_at) == (3, at(6))
    assert Webhook.objects.get().failing_since is None


def test_what_waited_in_a_backup_is_sent_after_a_restore_only_when_asked_for(world: World, there: Receiver) -> None:
    hook(world, there.url)
    tell(world)
    assert (doubt_deliveries(), deliver(1), doubt_deliveries()) == (1, 0, 0)
    assert WebhookDelivery.objects.get().says.startswith("Restored from a backup")
    send_again(delivery=WebhookDelivery.objects.get(), now=at(2))
    assert (deliver(2), len(there.received)) == (1, 1)


def test_an_address_that_fails_holds_up_no_other(world: World, there: Receiver) -> None:
    hook(world, "http://127.0.0.1:1/nobody")
    save_webhook(workspace=world.workspace, name="Other", url=there.url, about=["hours"], by=None, now=at(0))
    tell(world)
    tell(world)
    assert deliver(1) == 3  # one attempt at the dead one, both to the other
    assert len(there.received) == 2
    waiting = WebhookDelivery.objects.filter(webhook__name="Pager").order_by("pk")
    assert [(each.attempts, each.says) for each in waiting] == [(1, "The other side can't be reached."), (0, "")]


def test_after_days_of_failing_it_is_switched_off_and_admins_are_told(
    world: World, there: Receiver, admin: Agent
) -> None:
    kept = hook(world, there.url)
    there.answers.extend([500] * 20)
    tell(world)
    minute, last = 0.0, OFF_AFTER / timedelta(minutes=1)
    while Webhook.objects.get().off_since is None:
        deliver(minute)
        minute += 60
        assert minute < 2 * last
    assert minute >= last
    assert Webhook.objects.get().off_because == "It answered 500."
    assert Notice.objects.get(agent=admin).kind == Notice.Kind.WEBHOOK_OFF
    tried = len(there.received)
    there.answers.clear()
    tell(world, minute)
    assert (deliver(minute + 60), len(there.received)) == (0, tried)  # it waits
    switch_webhook(webhook=kept, on=True, by=admin, now=at(minute + 60))
    assert (deliver(minute + 60), len(there.received)) == (1, tried + 1)


def test_while_it_is_off_nothing_is_due_and_what_is_older_than_three_days_is_old_news(
    world: World, there: Receiver
) -> None:
    kept, days = hook(world, there.url), 24 * 60
    tell(world)
    switch_webhook(webhook=kept, on=False, by=None, now=at(1))
    for day in (2, 4):
        tell(world, day * days)
    send_again(delivery=WebhookDelivery.objects.select_related("webhook").earliest("pk"), now=at(4 * days))
    assert not WebhookDelivery.objects.filter(next_at__isnull=False).exists()
    switch_webhook(webhook=kept, on=True, by=None, now=at(5 * days))
    assert (deliver(5 * days), deliver(6 * days)) == (2, 0)
    assert list(WebhookDelivery.objects.filter(delivered_at=None).values_list("made_at", flat=True)) == [at(0)]
    assert forget_deliveries(before=at(days), limit=9) == 1


def test_many_for_one_let_another_go_between(world: World, there: Receiver) -> None:
    busy = hook(world, there.url)
    for minute in range(7):
        tell(world, minute / 10)
    other = save_webhook(workspace=world.workspace, name="Other", url=there.url, about=["causes"], by=None, now=at(0))
    tell_one(webhook=other, tiding=Tiding("trial", {}), now=at(1))
    assert deliver(2) == 8
    keys = dict(WebhookDelivery.objects.values_list("key", "webhook"))
    assert [keys[each.headers["webhook-id"]] for each in there.received] == [busy.pk] * 5 + [other.pk] + [busy.pk] * 2


def test_it_is_given_up_after_the_last_pause(world: World, there: Receiver) -> None:
    hook(world, there.url)
    tell(world)
    WebhookDelivery.objects.update(attempts=len(PAUSES))
    there.answers.append(503)
    deliver(1)
    over = WebhookDelivery.objects.get()
    assert (over.next_at, over.delivered_at, over.says) == (None, None, "It answered 503.")
    assert forget_deliveries(before=at(1), limit=10) == 1


def test_who_wants_no_more_is_told_no_more(world: World, there: Receiver) -> None:
    hook(world, there.url)
    there.answers.append(410)
    tell(world)
    deliver(1)
    assert Webhook.objects.get().off_because == "It answered 410."


def test_for_a_day_both_secrets_hold(world: World, there: Receiver) -> None:
    kept = hook(world, there.url)
    old = newest_secret(kept)
    kept = renew_secret(webhook=kept, by=None, now=at(0))
    tell(world)
    deliver(1)
    assert [is_signed(there.received[0], secret) for secret in (old, newest_secret(kept))] == [True, True]
    assert secrets_of(kept, now=at(1441)) == [newest_secret(kept)]


def test_a_name_that_leads_inside_is_not_followed(world: World) -> None:
    hook(world, "https://localhost/hook")
    tell(world)
    deliver(1)
    assert "not an address on the public internet" in WebhookDelivery.objects.get().says


@pytest.mark.parametrize(
    "url",
    [
        "", "example.com", "ftp://example.com", "http://example.com/hook", "https://ada:pass@example.com",
        "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/", "https://169.254.169.254/latest",
        "https://" + "a" * 600,
    ],
)  # fmt: skip
def test_an_address_that_may_not_be_is_refused_where_it_is_written(world: World, url: str) -> None:
    with pytest.raises(BadWebhook) as refused:
        hook(world, url)
    assert (refused.value.field, Webhook.objects.count()) == ("url", 0)


def test_an_admin_names_tries_changes_and_deletes_one(world: World, admin: Agent, there: Receiver) -> None:
    client = Client()
    client.force_login(admin)
    wrong = client.post(f"{HOME}new/", {"name": "Pager", "url": "https://10.0.0.1/", "about": ["hours"]})
    assert (wrong.status_code, "not on the public internet" in wrong.content.decode()) == (422, True)
    answer = client.post(f"{HOME}new/", {"name": "Pager", "url": there.url, "about": ["hours", "nonsense"]})
    kept = Webhook.objects.get()
    shown = re.search(r'value="(whsec_[^"]+)"', answer.content.decode())
    assert shown
    assert (shown[1], kept.about) == (newest_secret(kept), ["hours"])
    page = f"{HOME}{kept.pk}/"
    assert client.post(f"{page}trial/").headers["Location"] == page
    there.answers.append(500)
    deliver_due(clock=lambda: WebhookDelivery.objects.get().made_at)
    assert "It answered 500." in client.get(page).content.decode()
    client.post(f"{HOME}deliveries/{WebhookDelivery.objects.get().pk}/again/")
    deliver_due(clock=lambda: WebhookDelivery.objects.get().next_at or at(0))
    html = client.get(page).content.decode()
    assert "arrived" in html
    assert shown[1] not in html
    assert newest_secret(kept) not in client.post(f"{page}secret/").content.decode()
    client.post(f"{page}switch/", {"to": "off"})
    assert Webhook.objects.get().off_since
    client.post(f"{page}change/", {"name": "Beeper", "url": there.url})
    assert Webhook.objects.get().name == "Beeper"
    client.post(f"{page}deletion/")
    assert Webhook.objects.count() == 0
    kinds = FactRow.objects.filter(subject=f"webhook:{kept.pk}").order_by("pk").values_list("kind", flat=True)
    assert [kind.removeprefix("Webhook") for kind in kinds] == ["Saved", "Rekeyed", "Switched", "Saved", "Deleted"]


def test_who_leads_sees_what_came_of_them_but_no_path(world: World) -> None:
    kept = hook(world, "https://example.com/hook/with-a-key")
    client = Client()
    client.force_login(world.agent("Lea", Role.LEAD))
    html = client.get(f"{HOME}{kept.pk}/").content.decode() + client.get(HOME).content.decode()
    assert ("example.com" in html, "with-a-key" in html) == (True, False)
    assert client.post(f"{HOME}{kept.pk}/trial/").status_code == 403
    client.force_login(world.agent("Ana"))
    assert client.get(HOME).status_code == 403
