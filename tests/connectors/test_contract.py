"""Every connector keeps the contract."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodword.connectors import registry
from goodword.connectors.contract import Checks, Listens, Raw, Sends
from goodword.connectors.contract_suite import (
    AuthorizingSuite,
    ContractSuite,
    ListeningSuite,
    OverhearingSuite,
    ReportingSuite,
    SendingSuite,
    Subject,
    TransmissionSuite,
)
from goodword.connectors.reach import set_web_networks, web_networks
from goodword.connectors.recorded.connector import Rejected, read_file
from tests import realmail
from tests.connectors.bluesky.world import BlueskyTwinWorld, BlueskyWorld
from tests.connectors.mastodon.world import MastodonWorld
from tests.connectors.recorded_payloads import HERE, raws
from tests.connectors.worlds import ChatWorld, MailWorld, SimulatorWorld
from tests.realatproto import RealNetwork

MAIL_SETTINGS = {
    "address": "care@harbour.example",
    "password": "a password",
    "imap_host": "127.0.0.1",
    "imap_port": "9",  # where nobody answers
    "smtp_host": "127.0.0.1",
    "smtp_port": "9",
}
CHAT_KEY = "c0ffee00c0ffee00c0ffee00c0ffee00"


def _rows(name: str, format: str) -> list[Raw]:
    read = list(read_file(HERE / "recorded" / "payloads" / name, format))
    return [row for row in read if not isinstance(row, Rejected)]


class TestRecorded(ContractSuite):
    """The recorded file, in all its formats."""

    @pytest.fixture
    def subject(self) -> Subject:
        rows = [*_rows("rows.csv", "twcs"), *_rows("lines.jsonl", "jsonl"), *_rows("box.mbox", "mbox")]
        bad = [
            Raw("1", b"1,2,3", rows[0].content_type),
            Raw("2", b"1,,True,Wed Mar 04 10:41:00 +0000 2026,x,,", rows[0].content_type),
            Raw("3", b"1,2,maybe,Wed Mar 04 10:41:00 +0000 2026,x,,", rows[0].content_type),
            Raw("4", b"1,2,True,yesterday,x,,", rows[0].content_type),
            Raw("5", b'{"id": 1}', "application/json; format=goodword"),
            Raw("6", b"From: nobody\n\n", "message/rfc822"),
            Raw("7", b"1", "image/png"),
        ]
        return Subject(registry.connector("recorded"), {"own_addresses": "care@harbour.example"}, rows, bad)


class TestChat(ContractSuite, SendingSuite):
    """The web chat."""

    @pytest.fixture
    def subject(self) -> Subject:
        good = [raw for raw in raws("chat", "*.json", "application/json") if ".bad." not in raw.delivery_id]
        settings = {"key_1": CHAT_KEY, "key_1_id": "k1", "audience": "harbour"}
        return Subject(
            registry.connector("chat"),
            settings,
            good,
            raws("chat", "*.bad.json", "application/json"),
            world=ChatWorld(),
        )


class TestSimulator(ContractSuite, ListeningSuite, SendingSuite, TransmissionSuite, ReportingSuite):
    """The demo network."""

    @pytest.fixture
    def subject(self, tmp_path: Path) -> Subject:
        good = [raw for raw in raws("simulator", "*.json", "application/json") if ".bad." not in raw.delivery_id]
        world = SimulatorWorld(tmp_path / "network")
        bad = raws("simulator", "*.bad.json", "application/json")
        told = raws("simulator", "*.report", "application/json")
        return Subject(registry.connector("simulator"), world.settings, good, bad, told, world, echoes=True)


class TestMastodon(ContractSuite, ListeningSuite, OverhearingSuite, AuthorizingSuite, SendingSuite, TransmissionSuite):
    """Mastodon, against its twin over real HTTP and a real websocket."""

    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        good = [raw for raw in raws("mastodon", "*.json", "application/json") if ".bad." not in raw.delivery_id]
        bad = raws("mastodon", "*.bad.json", "application/json")
        with MastodonWorld(public="all") as world:
            yield Subject(registry.connector("mastodon"), world.settings, good, bad, world=world, echoes=True)


class TestBluesky(ContractSuite, ListeningSuite, OverhearingSuite, SendingSuite, TransmissionSuite):
    """Bluesky, against its twin over real HTTP and a real websocket: Jetstream."""

    def test_checks_show_what_was_said_last(self, subject: Subject) -> None:
        connector, world = subject.connector, subject.world
        assert isinstance(connector, Checks)
        assert world is not None
        said = world.speak(4)
        lines = connector.check(settings=subject.settings)
        assert [line.passed for line in lines] == [True, True, True]
        assert [heard.native_id for line in lines for heard in line.heard] == said[:0:-1]

    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        good = [raw for raw in raws("bluesky", "*.json", "application/json") if ".bad." not in raw.delivery_id]
        bad = raws("bluesky", "*.bad.json", "application/json")
        with BlueskyTwinWorld() as world:
            yield Subject(registry.connector("bluesky"), world.settings, good, bad, world=world, echoes=True)


class TestRealBluesky(ListeningSuite, OverhearingSuite, SendingSuite, TransmissionSuite):
    """Bluesky against a real server of its network: the firehose."""

    def test_checks_say_yes(self, subject: Subject) -> None:
        connector = subject.connector
        assert isinstance(connector, Checks)
        assert [line.passed for line in connector.check(settings=subject.settings)] == [True, True, True]

    @pytest.fixture
    def subject(self, real_network: RealNetwork) -> Iterator[Subject]:
        before = [str(network) for network in web_networks()]
        set_web_networks(["127.0.0.0/8"])
        world = BlueskyWorld(real_network)
        yield Subject(registry.connector("bluesky"), world.settings, recorded=[], world=world, echoes=True)
        set_web_networks(before)


class TestMail(ContractSuite, ReportingSuite):
    """E-mail, as far as it needs no server."""

    @pytest.fixture
    def subject(self) -> Subject:
        good = [raw for raw in raws("mail", "*.eml", "message/rfc822") if ".bad." not in raw.delivery_id]
        bad, told = raws("mail", "*.bad.eml", "message/rfc822"), raws("mail", "bounce.eml", "message/rfc822")
        return Subject(registry.connector("mail"), MAIL_SETTINGS, good, bad, told)


@pytest.mark.skipif(realmail.missing() is not None, reason=str(realmail.missing()))
class TestRealMail(ListeningSuite, SendingSuite, TransmissionSuite):
    """E-mail against a real server."""

    def test_checks_say_yes(self, subject: Subject) -> None:
        connector = subject.connector
        assert isinstance(connector, Checks)
        assert [line.passed for line in connector.check(settings=subject.settings)] == [True, True]

    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        with realmail.RealMail() as mail:
            world = MailWorld(mail)
            yield Subject(registry.connector("mail"), world.settings, recorded=[], world=world, echoes=True)


def _suites_in_folder_of(path: str) -> tuple[type, ...]:
    """Those that stand among the connector's own tests, so that nothing here names it."""
    folder = path.split(".")[2]
    names = [each.stem for each in (HERE / folder).glob("test_*.py")]
    modules = [importlib.import_module(f"tests.connectors.{folder}.{name}") for name in names]
    found = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
    return tuple(each for each in found if each.__name__.startswith("Test"))


def test_every_connector_is_tried() -> None:
    """Each in-tree connector has classes above or in a folder of its own, with the rules for what it can do."""
    tried = {
        "recorded": (TestRecorded,),
        "chat": (TestChat,),
        "simulator": (TestSimulator,),
        "mail": (TestMail, TestRealMail),
        "bluesky": (TestBluesky, TestRealBluesky),
        "mastodon": (TestMastodon,),
    }
    ours = {key for key, path in registry.IN_TREE.items() if path.startswith("goodword.")}  # tests add theirs
    assert set(tried) <= ours
    for key in ours:
        suites = tried.get(key) or _suites_in_folder_of(registry.IN_TREE[key])
        connector = registry.connector(key)
        kept = {rules for suite in suites for rules in suite.__mro__}
        assert ContractSuite in kept, key
        assert (ListeningSuite in kept) == isinstance(connector, Listens), key
        assert (SendingSuite in kept) == isinstance(connector, Sends), key
