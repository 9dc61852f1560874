"""The pages of the sources: everyone may read how they are, admins connect, test, stop and resume."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from goodword.connectors.registry import keys
from goodword.kernel.clock import current_time
from goodword.listen.forms import ConnectForm
from goodword.listen.health import SILENT_AFTER, Standing, rejected_page, standing
from goodword.listen.models import Gap, Source
from goodword.staff.models import Role
from tests.care.world import NOON, World
from tests.listen.heard import hear_and_understand, line, raw

HOME = "/w/harbour/sources/"


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def admin(world: World) -> Client:
    return signed_in(world, Role.ADMIN)


def signed_in(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.agent(role.name.title(), role))
    return client


def simulator(world: World, folder: Path) -> Source:
    source = world.new_source("Harbour Social", "simulator", "simulator")
    source.settings = {"folder": str(folder)}
    source.save()
    return source


def test_a_source_that_should_speak_and_does_not_is_silent(world: World, tmp_path: Path) -> None:
    source = simulator(world, tmp_path)
    assert standing(source, NOON + SILENT_AFTER) is Standing.HEARD
    assert standing(source, NOON + SILENT_AFTER + timedelta(seconds=1)) is Standing.SILENT
    source.last_alive_at = NOON + timedelta(hours=1)
    assert standing(source, NOON + timedelta(hours=1, minutes=2)) is Standing.HEARD
    assert standing(source, NOON + timedelta(hours=1), in_gap=True) is Standing.STARTING
    source.state = Source.State.STOPPED
    assert standing(source, NOON) is Standing.STOPPED
    source.connector_key = "gone"
    assert standing(source, NOON) is Standing.UNINSTALLED


def test_a_source_that_is_only_spoken_to_is_never_silent(world: World) -> None:
    chat = world.new_source("Chat", "chat", "chat")
    assert standing(chat, NOON + timedelta(days=30)) is Standing.WAITED_FOR


def test_everyone_reads_the_list_and_a_missing_connector_does_not_break_it(world: World) -> None:
    world.new_source("Left behind", "carrier-pigeon", "pigeon")
    page = signed_in(world, Role.VIEWER).get(HOME).content.decode()
    assert "Left behind" in page
    assert "Its connector is not installed" in page
    assert "Connect a source" not in page


def test_gaps_and_what_was_not_understood_stand_under_the_source(world: World) -> None:
    world.source.settings = {"format": "jsonl"}
    world.source.save()
    hear_and_understand(world.source, line("1", "Fine"), raw(b"{not <json>"), raw(b"\xff\xfe\x00"))
    Gap.objects.create(workspace=world.workspace, source=world.source, since=NOON, reason="The <server> is away")
    page = signed_in(world, Role.VIEWER).get(f"{HOME}{world.source.pk}/").content.decode()
    assert "The &lt;server&gt; is away" in page
    assert "{not &lt;json&gt;" in page
    assert "still open" in page
    assert "Stop listening" not in page


def test_rejected_items_come_page_by_page(world: World) -> None:
    world.source.settings = {"format": "jsonl"}
    world.source.save()
    hear_and_understand(world.source, *(raw(b"{%d" % n) for n in range(45)), line("1"))
    seen: list[str] = []
    before = None
    for _page in range(3):
        items, before = rejected_page(world.source, before=before)
        seen += [item.start for item in items]
    assert seen == [f"{{{n}" for n in reversed(range(45))]
    assert before is None


@pytest.mark.parametrize("key", keys())
def test_every_connector_has_a_form_that_names_what_is_missing(admin: Client, key: str) -> None:
    page = admin.get(f"{HOME}new/{key}/")
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    answer = admin.post(f"{HOME}new/{key}/", {"name": ""})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_testing_shows_what_works_and_keeps_what_was_typed_and_nothing_else(admin: Client, tmp_path: Path) -> None:
    typed = {"name": "Demo", "setting-folder": str(tmp_path / "network"), "setting-speed": "60"}
    page = admin.post(f"{HOME}new/simulator/trial/", typed).content.decode()
    assert "Folder:" in page
    assert 'value="Demo"' in page
    assert not Source.objects.filter(name="Demo").exists()
    bad = admin.post(f"{HOME}new/simulator/trial/", typed | {"setting-folder": "/proc/nowhere/at/all"}).content.decode()
    assert "be written to" in bad


def test_an_admin_connects_and_secrets_are_sealed(admin: Client) -> None:
    typed = {
        "name": "Site chat",
        "setting-origins": "https://shop.example\nhttps://www.shop.example",
        "setting-audience": "goodword",
        "setting-key_1_id": "k1",
        "setting-key_1_algorithm": "HS256",
        "setting-key_1": "a secret of thirty-two bytes or more",
        "setting-key_2_algorithm": "HS256",
    }
    answer = admin.post(f"{HOME}new/chat/", typed)
    source = Source.objects.get(name="Site chat")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{HOME}{source.pk}/")
    assert "key_1" not in source.settings
    assert source.full_settings()["key_1"] == "a secret of thirty-two bytes or more"
    page = admin.get(f"{HOME}{source.pk}/").content.decode()
    assert "thirty-two bytes" not in page
    again = admin.post(f"{HOME}new/chat/", typed)
    assert again.status_code == 422
    assert "There is a source called Site chat already." in again.content.decode()


def test_stopping_needs_a_reason_and_is_taken_back(admin: Client, world: World, tmp_path: Path) -> None:
    source = simulator(world, tmp_path)
    address = f"{HOME}{source.pk}/"
    assert admin.post(f"{address}stoppage/", {"reason": ""}).status_code == 422
    assert admin.post(f"{address}stoppage/", {"reason": "The account moves"}).status_code == 303
    source.refresh_from_db()
    assert (source.state, source.gaps.get().reason) == (Source.State.STOPPED, "The account moves")
    assert "Listen again" in admin.get(address).content.decode()
    assert admin.post(f"{address}resumption/").status_code == 303
    source.refresh_from_db()
    assert source.state == Source.State.LISTENING


def test_a_chat_that_opens_again_is_heard_at_once(admin: Client, world: World) -> None:
    chat = world.new_source("Chat", "chat", "chat")
    admin.post(f"{HOME}{chat.pk}/stoppage/", {"reason": "A quiet week"})
    admin.post(f"{HOME}{chat.pk}/resumption/")
    gap = chat.gaps.get()
    assert gap.until is not None
    assert gap.filled_at is None


@pytest.mark.parametrize("role", [Role.LEAD, Role.VIEWER])
def test_others_change_nothing(world: World, tmp_path: Path, role: Role) -> None:
    client, address = signed_in(world, role), f"{HOME}{simulator(world, tmp_path).pk}/"
    assert client.get(f"{HOME}new/").status_code == 403
    for verb in ("stoppage/", "resumption/", "check/"):
        assert client.post(address + verb, {"reason": "x"}).status_code == 403
    assert not Gap.objects.exists()


def test_another_workspace_has_no_part_in_it(world: World, admin: Client) -> None:
    other = World(slug="other")
    assert admin.get(f"{HOME}{other.source.pk}/").status_code == 404
    assert admin.post(f"{HOME}{other.source.pk}/stoppage/", {"reason": "x"}).status_code == 404
    Source.objects.of(other.workspace).update(name="Theirs")
    assert "Theirs" not in admin.get(HOME).content.decode()


def test_a_secret_of_several_lines_has_room(world: World) -> None:
    from goodword.connectors.registry import connector

    form = ConnectForm(connector("chat"))
    assert "<textarea" in str(form["setting-key_1"])


def test_the_newest_sign_of_life_is_shown(world: World, admin: Client) -> None:
    Source.objects.filter(pk=world.source.pk).update(last_alive_at=current_time())
    assert "<time" in admin.get(HOME).content.decode()
