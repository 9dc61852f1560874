"""Setting up: each step is done when what it is for has happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from goodword.care.models import Episode, Resolution
from goodword.care.saved_replies import save_reply
from goodword.listen.models import Source
from goodword.staff.models import Agent, Role, Workspace
from goodword.web.set_up import read_steps
from tests.care.world import NOON, World

SignIn = Callable[[Agent], Client]
HOME = "/w/harbour/set-up/"
NAME = {"name": "Harbour & Sons", "zone": "Europe/Belgrade"}


@pytest.fixture
def admin(world: World) -> Agent:
    return world.agent("Ada", Role.ADMIN)


def test_step_by_step(world: World, admin: Agent, signed_in: SignIn) -> None:
    def done() -> int:
        return read_steps(world.workspace).done

    client = signed_in(admin)
    assert done() == 0
    assert client.post(f"{HOME}name/", NAME).status_code == 303
    assert done() == 1
    Source.objects.update(last_heard_at=NOON)
    assert done() == 2
    world.agent("Zoe")
    assert done() == 3
    save_reply(workspace=world.workspace, by=None, shortcut="hi", title="Hi", text="Hi", now=NOON)
    assert done() == 4
    case = world.case()
    world.reply(case, admin, automatic=True)
    assert done() == 4
    world.reply(case, admin)
    assert done() == 5
    assert "All done" not in client.get(HOME).content.decode()
    Episode.objects.update(resolution=Resolution.CONFIRMED)
    steps = read_steps(world.workspace)
    assert (steps.done, steps.next) == (6, None)
    assert "All done" in client.get(HOME).content.decode()
    assert read_steps(World(slug="other").workspace).done == 0


def test_times_are_shown_in_the_zone_that_was_chosen(world: World, admin: Agent, signed_in: SignIn) -> None:
    client = signed_in(admin)
    client.post(f"{HOME}name/", NAME)
    workspace = Workspace.objects.get(slug="harbour")
    assert (workspace.name, workspace.zone) == ("Harbour & Sons", "Europe/Belgrade")
    case = world.case("At noon in London")
    page = client.get(f"/w/harbour/customers/{case.identity.person_id}/").content.decode()
    assert "2 Mar, 13:00" in page
    assert "Harbour &amp; Sons" in page


@pytest.mark.parametrize("wrong", [{"zone": "Mars/Olympus"}, {"zone": "../etc/passwd"}, {"name": ""}])
def test_what_makes_no_sense_is_refused(admin: Agent, signed_in: SignIn, wrong: dict[str, str]) -> None:
    assert signed_in(admin).post(f"{HOME}name/", NAME | wrong).status_code == 422
    assert Workspace.objects.get().zone == "UTC"


def test_a_viewer_sees_who_does_what(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.agent("Vera", Role.VIEWER))
    page = client.get(HOME).content.decode()
    assert "for: Admin" in page
    assert client.post(f"{HOME}name/", NAME).status_code == 403
