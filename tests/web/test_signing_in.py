"""Signing in by a link, and an agent's own preferences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client

from goodword.staff.models import Agent
from goodword.staff.sign_in import issue_sign_in_link
from tests.care.world import World

SignedIn = Callable[[Agent], Client]


def test_a_link_signs_in_once(world: World) -> None:
    token = issue_sign_in_link(agent=world.agent(), now=datetime.now(UTC))
    client, late = Client(), Client()
    assert client.get(f"/sign-in/{token}/")["Location"] == "/"
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/w/harbour/inbox/"
    assert late.get(f"/sign-in/{token}/").status_code == 410
    assert client.get(f"/sign-in/{token}/")["Location"] == "/", "pressed twice, it still leads in"


def test_a_password_signs_in_and_a_wrong_one_does_not(world: World) -> None:
    ana = world.agent()
    ana.set_password("correct horse battery")
    ana.save()
    client = Client()
    wrong = client.post("/accounts/login/", {"login": ana.email, "password": "wrong"})
    assert wrong.status_code == 200
    assert ana.email in wrong.content.decode()
    assert client.post("/accounts/login/", {"login": ana.email, "password": "correct horse battery"})["Location"] == "/"


def test_nobody_signs_up(world: World) -> None:
    answer = Client().post("/accounts/signup/", {"email": "new@example.org", "password1": "correct horse battery"})
    assert Agent.objects.filter(email="new@example.org").count() == 0
    assert answer.status_code in (200, 302)


def test_preferences_are_kept_and_shown(world: World, signed_in: SignedIn) -> None:
    ana = world.agent()
    client = signed_in(ana)
    answer = client.post("/preferences/", {"name": "Ana Li", "theme": "dark", "language": "en-xa"})
    assert answer["Location"] == "/preferences/"
    page = client.get("/w/harbour/inbox/").content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-keys="off"' in page
    assert client.post("/preferences/", {"name": "", "theme": "purple"}).status_code == 422


def test_an_agent_without_a_workspace_is_told_whom_to_ask(db: None, signed_in: SignedIn) -> None:
    answer = signed_in(Agent.objects.create_user("lonely@example.org", name="Lou")).get("/")
    assert "You are in no workspace yet" in answer.content.decode()
