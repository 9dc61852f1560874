"""A mapping is shown at work on the page on which it is filled in: on a sample, and on what came in last."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from goodword.connectors.contract import Raw
from goodword.connectors.webhook.parse import kind_of
from goodword.connectors.webhook.signature import sign
from goodword.listen.hook_keys import hook_address
from goodword.listen.models import Mention, RawItem, Source
from goodword.listen.newest_raw import newest_raw
from goodword.listen.understand import understand
from goodword.staff.models import Role
from tests.care.world import NOON, World

HOME = "/w/harbour/sources/"
SECRET = "whsec_dHdlbnR5LWZvdXIgYnl0ZXMgYXQgbGVhc3Q="
TYPED = {"name": "Shop", "setting-place": "shop.example", "setting-secret": SECRET, "setting-text_path": "review.body"}
BODY = b'{"review": {"body": "The <b>zip</b> broke.", "score": 4}, "by": "Mara"}'


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def admin(world: World) -> Client:
    client = Client()
    client.force_login(world.agent("Ada", Role.ADMIN))
    return client


def test_a_sample_is_shown_with_its_paths_and_as_it_is_heard(admin: Client) -> None:
    page = admin.get(f"{HOME}new/webhook/").content.decode()
    assert "data-tries-again" in page
    typed = {
        **TYPED,
        "setting-sample": BODY.decode(),
        "setting-author_path": "by",
        "setting-stars_path": "review.score",
    }
    page = admin.post(f"{HOME}new/webhook/trial/", typed).content.decode()
    assert '<code class="breaks">review.body</code>' in page
    assert "The &lt;b&gt;zip&lt;/b&gt; broke." in page
    assert "4.0 of 5 stars" in page
    assert not Source.objects.filter(name="Shop").exists()


def test_what_came_in_by_the_address_is_shown_once_the_source_is_connected(world: World, admin: Client) -> None:
    admin.post(f"{HOME}new/webhook/", TYPED | {"setting-text_path": "text"})
    source = Source.objects.get(name="Shop")
    assert newest_raw(source) is None
    path = "/" + hook_address(source.pk).split("/", 3)[3]
    at = datetime.now(UTC)
    signed = sign("msg_1", int(at.timestamp()), BODY, SECRET)
    for _twice in range(2):
        answer = Client().post(path, BODY, content_type="application/json", headers=dict(signed))
        assert answer.status_code == 200
    assert Client().post(path, BODY, content_type="application/json").status_code == 401
    assert RawItem.objects.filter(source=source).count() == 1
    understand(source_id=source.pk, limit=10, now=at)
    assert not Mention.objects.filter(source=source).exists()  # nothing stands at the path “text”: it is kept, and told

    settings = f"{HOME}{source.pk}/settings/"
    assert "load, change from:[data-tries-again]" in admin.get(settings).content.decode()
    wrong = admin.post(
        f"{settings}trial/", TYPED | {"setting-secret": "", "setting-text_path": "text"}
    ).content.decode()
    assert "Nothing stands at “text”" in wrong
    assert '<code class="breaks">review.body</code>' in wrong
    right = admin.post(f"{settings}trial/", TYPED | {"setting-secret": ""}).content.decode()
    assert "This is how it is heard." in right
    assert SECRET not in wrong + right

    admin.post(settings, TYPED | {"setting-secret": ""})
    admin.post(f"{HOME}{source.pk}/rejected/{RawItem.objects.get(source=source).pk}/again/")
    mention = Mention.objects.get(source=source)
    assert mention.text == "The <b>zip</b> broke."
    assert abs((mention.at - at).total_seconds()) < 60  # when it came in, not when it was understood


def test_the_newest_raw_is_of_this_source_and_holds_something(world: World) -> None:
    source = world.new_source("Shop", "webhook", "webhook")
    for number, body in enumerate([b"old", b"new", b""]):
        RawItem.objects.create(
            workspace=world.workspace,
            source=source,
            delivery_id=str(number),
            body=body,
            content_type="",
            received_at=NOON,
        )
    assert newest_raw(source) == Raw("1", b"new", "")
    assert kind_of("application/JSON; charset=utf-8", NOON).startswith("application/json; received=")
