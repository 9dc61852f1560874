"""Mail is one channel, whichever way it came; what was stored under another name is renamed, and nothing is lost."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from goodword.care.models import Case, SavedView
from goodword.listen.import_file import CHANNELS
from goodword.listen.models import Mention, Source
from goodword.listen.sources import open_source
from goodword.people.models import Identity
from tests.care.world import World, at

MAIL = {"address": "care@harbour.example", "password": "x", "imap_host": "127.0.0.1", "smtp_host": "127.0.0.1"}


@pytest.fixture
def world(db: None) -> World:
    return World()


def test_a_mailbox_and_an_archive_share_their_channel(world: World) -> None:
    mailbox = open_source(workspace=world.workspace, connector_key="mail", name="Care", settings=MAIL, now=at(0))
    assert mailbox.channel == CHANNELS["mbox"] == "email"
    chat = open_source(
        workspace=world.workspace, connector_key="chat", name="Chat", settings={"origins": "*"}, now=at(0)
    )
    assert chat.channel == "chat"


def rename() -> None:
    with connection.cursor() as cursor:
        cursor.execute(import_module("goodword.care.migrations.0007_mail_is_email")._RENAME)


def test_what_mailboxes_heard_is_renamed(world: World) -> None:
    mailbox = world.new_source("Care", "mail", "mail")
    both, here = world.identity("mara@x.example", channel="mail"), world.identity("eve@x.example", channel="mail")
    twin = world.identity("mara@x.example", channel="email")
    case, other = world.case(source=mailbox, identity=both), world.case()
    named = SavedView.objects.create(workspace=world.workspace, name="a", query="state=open&channel=mail&q=channel")
    kept = SavedView.objects.create(workspace=world.workspace, name="b", query="channel=mailing")
    rename()
    rename()
    assert Source.objects.get(pk=mailbox.pk).channel == "email"
    assert Case.objects.get(pk=case.pk).channel == "email"
    assert set(Mention.objects.filter(source=mailbox).values_list("channel", flat=True)) == {"email"}
    assert Case.objects.get(pk=other.pk).channel == world.channel
    assert dict(Identity.objects.filter(pk__in=[both.pk, here.pk, twin.pk]).values_list("pk", "channel")) == {
        both.pk: "mail",
        here.pk: "email",
        twin.pk: "email",
    }
    queries = dict(SavedView.objects.values_list("pk", "query"))
    assert queries == {named.pk: "state=open&channel=email&q=channel", kept.pk: "channel=mailing"}
