"""Settings change after connecting: what is secret stays so, and goes nowhere that it was not given for."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.kernel.models import FactRow
from goodword.listen.change_source import SecretNeeded, change_source
from goodword.listen.models import Source
from goodword.listen.sources import NameTaken, SettingMissing, open_source, stop_source
from goodword.staff.models import Role
from tests.care.world import World, at

MAIL = {
    "address": "care@harbour.example",
    "password": "first-secret",
    "imap_host": "127.0.0.1",
    "imap_port": "1",
    "smtp_host": "127.0.0.1",
    "smtp_port": "1",
    "smtp_password": "other-secret",
}
EMPTY = {"password": "", "smtp_password": ""}


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def source(world: World) -> Source:
    return open_source(workspace=world.workspace, connector_key="mail", name="Care", settings=MAIL, now=at(0))


@pytest.fixture
def admin(world: World) -> Client:
    client = Client()
    client.force_login(world.agent("Ada", Role.ADMIN))
    return client


def changed(source: Source, *, name: str = "Care", forget: tuple[str, ...] = (), **settings: str) -> Source:
    return change_source(source=source, by=None, name=name, settings=MAIL | EMPTY | settings, forget=forget, now=at(1))


def told() -> list[list[str]]:
    return [row.data["changed"] for row in FactRow.objects.filter(kind="SourceChanged").order_by("pk")]


def test_what_is_empty_stays_and_what_is_typed_takes_its_place(source: Source) -> None:
    after = changed(source, name="Help", password="second-secret", aliases="help@harbour.example")
    kept = Source.objects.get(pk=source.pk).full_settings()
    assert (after.name, kept["aliases"]) == ("Help", "help@harbour.example")
    assert (kept["password"], kept["smtp_password"]) == ("second-secret", "other-secret")
    assert b"second-secret" not in bytes(after.sealed_secrets)
    assert "password" not in after.settings
    assert told() == [["aliases", "password", "name of the source"]]


def test_nothing_changed_is_no_fact(source: Source) -> None:
    changed(source)
    assert told() == []


def test_a_secret_that_can_be_done_without_is_forgotten_on_demand(source: Source) -> None:
    assert "smtp_password" not in changed(source, forget=("smtp_password",)).full_settings()
    with pytest.raises(SettingMissing):
        changed(source, forget=("password",))


@pytest.mark.parametrize(
    "elsewhere", [{"imap_host": "evil.example"}, {"smtp_port": "2525"}, {"imap_tls": "none"}, {"ca_file": "/x"}]
)
def test_a_kept_secret_goes_to_no_other_server(source: Source, elsewhere: dict[str, str]) -> None:
    with pytest.raises(SecretNeeded):
        changed(source, **elsewhere)
    with pytest.raises(SecretNeeded):
        changed(source, **elsewhere, password="known")
    assert Source.objects.get(pk=source.pk).settings == source.settings
    changed(source, **elsewhere, password="known", smtp_password="known too")
    assert Source.objects.get(pk=source.pk).full_settings()["password"] == "known"


def test_two_sources_never_share_a_name(world: World, source: Source) -> None:
    with pytest.raises(NameTaken):
        changed(source, name=world.source.name)


def test_the_page_shows_what_is_set_but_no_secret(admin: Client, source: Source) -> None:
    address = f"/w/harbour/sources/{source.pk}/settings/"
    page = admin.get(address)
    assert "no-store" in page.headers["Cache-Control"]
    assert 'value="care@harbour.example"' in page.content.decode()
    typed = {f"setting-{name}": value for name, value in (source.settings | EMPTY).items()} | {"name": "Care"}
    tested = admin.post(f"{address}trial/", typed)
    assert b"IMAP" in tested.content
    for answer in (page, tested, admin.post(address, typed | {"name": ""})):
        assert b"-secret" not in answer.content
    assert Source.objects.get(pk=source.pk).full_settings()["password"] == "first-secret"


def test_what_was_typed_and_refused_stands_there_with_the_reason(admin: Client, source: Source) -> None:
    address = f"/w/harbour/sources/{source.pk}/settings/"
    typed = {f"setting-{name}": value for name, value in (source.settings | EMPTY).items()} | {"name": "Care"}
    for wrong, says in (({"setting-imap_host": "evil.example"}, "Type it again"), ({"name": "inbox"}, "already")):
        for door in (address, f"{address}trial/") if "name" not in wrong else (address,):
            answer = admin.post(door, typed | wrong)
            assert answer.status_code == 422
            assert says in answer.content.decode()
            assert next(iter(wrong.values())) in answer.content.decode()
    assert told() == []


def test_a_stopped_source_listens_again_when_that_is_asked(admin: Client, source: Source) -> None:
    stop_source(source=source, by=None, reason="New password", now=at(1))
    address = f"/w/harbour/sources/{source.pk}/settings/"
    typed = {f"setting-{name}": value for name, value in (source.settings | EMPTY).items()} | {"name": "Care"}
    assert admin.post(address, typed | {"setting-password": "new"}).status_code == 303
    assert Source.objects.get(pk=source.pk).state == Source.State.STOPPED
    assert admin.post(address, typed | {"resume": "1"}).status_code == 303
    assert Source.objects.get(pk=source.pk).state == Source.State.LISTENING
    assert Source.objects.get(pk=source.pk).full_settings()["password"] == "new"


def test_only_admins_change_settings(world: World, source: Source) -> None:
    lead = Client()
    lead.force_login(world.agent("Lea", Role.LEAD))
    for address in ("settings/", "settings/trial/"):
        assert lead.post(f"/w/harbour/sources/{source.pk}/{address}", {"name": "Mine"}).status_code == 403
