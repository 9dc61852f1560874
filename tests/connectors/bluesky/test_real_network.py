"""What only a real server can say: pictures, sessions, refusals."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image

from goodword.connectors.bluesky import session as sessions
from goodword.connectors.bluesky.account import read_account
from goodword.connectors.bluesky.connector import Bluesky
from goodword.connectors.bluesky.session import Session
from goodword.connectors.contract import Author, Media, Raw, Refused
from goodword.connectors.contract_suite import Subject
from goodword.connectors.contract_suite.listens import Ear
from goodword.connectors.reach import set_web_networks, web_networks
from goodword.kernel.http import Limits, fetch
from tests.connectors.bluesky.world import BlueskyWorld, reply_to
from tests.realatproto import RealNetwork


@pytest.fixture
def world(real_network: RealNetwork) -> Iterator[BlueskyWorld]:
    before = [str(network) for network in web_networks()]
    set_web_networks(["127.0.0.0/8"])
    yield BlueskyWorld(real_network)
    set_web_networks(before)


def now() -> datetime:
    return datetime.now(UTC)


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(content, "PNG")
    return content.getvalue()


def test_a_picture_goes_out_with_its_description_and_comes_back(world: BlueskyWorld) -> None:
    world.speak(1)
    bluesky = Bluesky()
    sent = replace(world.reply("key-1"), media=(Media("seam.png", "image/png", picture(), alt="The seam, mended"),))
    receipt = bluesky.send(settings=world.settings, outgoing=sent, now=now)
    ear = Ear(Subject(bluesky, world.settings, []), world)
    ear.listen(until={receipt.native_id})
    raws = [Raw(delivery_id, body) for delivery_id, body in ear.raws.items()]
    heard = [each for raw in raws for each in bluesky.parse(raw, world.settings)]
    (media,) = next(each for each in heard if each.native_id == receipt.native_id).media
    assert (media.declared_type, media.alt) == ("image/png", "The seam, mended")
    assert media.url is not None
    limits = Limits(max_bytes=10_000, seconds=10, also=web_networks())
    assert fetch(media.url, limits=limits).content == picture()


def test_a_reply_deep_in_a_thread_names_where_it_began(world: BlueskyWorld) -> None:
    root = world.mara.put("My jacket leaks")
    deeper = world.mara.put("And the shop said no", reply={"root": root_of(root), "parent": root_of(root)})
    outgoing = reply_to(deeper["uri"], "key-1", Author(world.mara.did))
    Bluesky().send(settings=world.settings, outgoing=outgoing, now=now)
    (record,) = world.brand.records()
    assert record["value"]["reply"] == {"root": root_of(root), "parent": root_of(deeper)}


def root_of(put: dict[str, str]) -> dict[str, str]:
    return {"uri": put["uri"], "cid": put["cid"]}


def test_what_the_network_would_not_take_is_refused_before_it_is_asked(world: BlueskyWorld) -> None:
    world.speak(1)
    reply, bluesky = world.reply("key-1"), Bluesky()
    family = "👩‍👩‍👧"
    refused = [
        replace(reply, text="a" * 301),
        replace(reply, text=family * 170),  # characters enough, too many bytes
        replace(reply, private=True),
        replace(reply, in_reply_to=None),
        replace(reply, media=(Media("a.pdf", "application/pdf", b"%PDF"),)),
    ]
    for each in refused:
        with pytest.raises(Refused):
            bluesky.send(settings=world.settings, outgoing=each, now=now)
    assert world.brand.records() == []
    bluesky.send(settings=world.settings, outgoing=replace(reply, text=family + "ü" * 299), now=now)
    (record,) = world.brand.records()
    assert record["value"]["text"] == family + "ü" * 299


def test_a_wrong_password_says_what_to_do(world: BlueskyWorld) -> None:
    lines = Bluesky().check(settings={**world.settings, "app_password": "wrong"})
    assert [line.passed for line in lines] == [False, True]
    assert "app password" in lines[0].detail


def test_a_session_whose_token_is_no_longer_taken_signs_in_anew(world: BlueskyWorld) -> None:
    with Session(read_account(world.settings), now) as session:
        kept = sessions._kept._tokens
        kept.update({key: replace(tokens, access="e30.e30.spoilt") for key, tokens in kept.items()})
        told = session.get("com.atproto.server.getSession")
        assert told.read(dict[str, object])["did"] == world.brand.did
