"""Mail is one channel, whichever way it came."""

from __future__ import annotations

from goodword.listen.import_file import CHANNELS
from goodword.listen.sources import open_source
from tests.care.world import World, at

MAIL = {"address": "care@harbour.example", "password": "x", "imap_host": "127.0.0.1", "smtp_host": "127.0.0.1"}


def test_a_mailbox_and_an_archive_share_their_channel(world: World) -> None:
    mailbox = open_source(workspace=world.workspace, connector_key="mail", name="Care", settings=MAIL, now=at(0))
    assert mailbox.channel == CHANNELS["mbox"] == "email"
    chat = open_source(
        workspace=world.workspace, connector_key="chat", name="Chat", settings={"origins": "*"}, now=at(0)
    )
    assert chat.channel == "chat"
