"""Connected by the page, heard, answered where the words stand: on the twin of each network that needs keys."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from goodword.care.attend import attend
from goodword.care.models import Delivery, Message
from goodword.care.new_reply import NewReply, Seen
from goodword.care.reply import queue_reply
from goodword.care.send import send_due
from goodword.connectors.contract import Listens
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.kernel.clock import current_time
from goodword.listen.intake import take_in
from goodword.listen.models import Mention, Source
from goodword.listen.understand import understand
from goodword.staff.models import Role
from tests.care.world import World
from tests.connectors.meta.world import MetaWorld
from tests.connectors.telegram.world import TelegramWorld
from tests.connectors.twilio.world import TwilioWorld
from tests.connectors.x.world import XWorld

NETWORKS = {"meta": MetaWorld, "telegram": TelegramWorld, "twilio": TwilioWorld, "x": XWorld}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", sorted(NETWORKS))
def test_heard_to_answered(key: str) -> None:
    make: Callable[[], TwinWorld] = NETWORKS[key]
    with make() as place:
        house = World()
        ana = house.agent("Ana", Role.ADMIN)
        browser = Client()
        browser.force_login(ana)
        settings = {f"setting-{name}": value for name, value in place.settings.items()}
        browser.post(f"/w/harbour/sources/new/{key}/", {"name": "Ours", **settings})
        source = Source.objects.get(name="Ours")
        asked = place.says("My jacket is broken, and nobody answers.")
        case = Message.objects.get(mention=_heard(place, source)).case
        queue_reply(
            case=case,
            by=ana,
            reply=NewReply(text="We look into it.", idempotency_key=uuid.uuid4().hex),
            seen=Seen(case.last_inbound_id),
            now=current_time(),
        )
        send_due(now=current_time() + timedelta(minutes=1), limit=5)
        sent = Message.objects.get(text="We look into it.")
        assert sent.delivery == Delivery.SENT
        answers = [post for post in place.world.posts() if post.author == place.world.brand]
        assert [(post.parent, "We look into it." in post.text) for post in answers] == [(asked.number, True)]


def _heard(place: TwinWorld, source: Source) -> Mention:
    """What the listener and the jobs do."""
    connector = source.connector
    assert isinstance(connector, Listens)
    stream = connector.listen(settings=source.full_settings(), cursor={}, stop=lambda: False, now=place.now)
    while not (found := Mention.objects.filter(source=source).first()):
        take_in(source=source, delivery=next(stream), now=current_time())
        understand(source_id=source.pk, limit=100, now=current_time())
    while attend(source_id=source.pk, limit=100, now=current_time()):
        pass
    return found
