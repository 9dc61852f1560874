"""Signing in by a link, and an agent's own preferences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from goodword.staff.models import Agent
from goodword.staff.sign_in import issue_sign_in_link
from tests.care.world import World

SignedIn = Callable[[Agent], Client]


def test_a_link_signs_in_once(world: World) -> None:
    token = issue_sign_in_link(agent=world.agent(), now=datetime.now(UTC))
    client, late = Client(), Client()
    assert client.get(f"/sign-in/{token}/")["Location"] == "/"
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/w/harbour/set-up/"
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


@pytest.mark.parametrize("page", ["signup", "email", "confirm-email", "confirm-email/some:key"])
def test_nobody_signs_up_or_takes_another_address(world: World, signed_in: SignedIn, page: str) -> None:
    form = {"email": "new@example.org", "password1": "correct horse battery", "action_add": ""}
    assert Client().post(f"/accounts/{page}/", form).status_code == 404
    assert signed_in(world.agent()).post(f"/accounts/{page}/", form).status_code == 404


def test_the_address_of_an_invited_agent_counts_as_confirmed(world: World) -> None:
    ana = world.agent()
    assert EmailAddress.objects.get(user=ana, verified=True, primary=True).email == ana.email


@pytest.mark.parametrize("page", ["password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/add/"])
def test_an_agent_changes_how_they_sign_in(world: World, page: str) -> None:
    ana = world.agent()
    ana.set_password("correct horse battery")
    ana.save()
    client = Client()
    client.post("/accounts/login/", {"login": ana.email, "password": "correct horse battery"})
    client.post("/accounts/reauthenticate/", {"password": "correct horse battery"})
    assert client.get(f"/accounts/{page}").status_code == 200


def test_a_reset_link_stands_on_the_public_address_and_sets_a_password(
    world: World, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://desk.example", ["*"]
    ana, client = world.agent(), Client()
    asked = client.post("/accounts/password/reset/", {"email": ana.email}, headers={"Host": "evil.example"})
    assert asked["Location"] == "/accounts/password/reset/done/"
    assert client.get(asked["Location"]).status_code == 200
    (mail,) = mailoutbox
    text = f"{mail.subject}\n{mail.body}"
    assert "evil.example" not in text
    link = next(line for line in text.splitlines() if line.startswith("https://desk.example/"))
    form = client.get(link.removeprefix("https://desk.example"))["Location"]
    assert client.get(form).status_code == 200
    new = "a quite new password"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert client.post("/accounts/login/", {"login": ana.email, "password": new})["Location"] == "/"


def test_a_stranger_who_asks_for_a_password_gets_the_same_page_and_no_mail(
    db: None, mailoutbox: list[EmailMessage]
) -> None:
    asked = Client().post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert asked["Location"] == "/accounts/password/reset/done/"
    assert mailoutbox == []


def test_without_a_mail_server_nobody_is_told_that_a_mail_is_on_its_way(world: World, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "goodword.config.processes.no_mail.NoMailServer"
    ana, client = world.agent(), Client()
    asked = [client.post("/accounts/password/reset/", {"email": email}) for email in (ana.email, "nobody@example.org")]
    pages = [*asked, client.get("/accounts/password/reset/"), client.get("/accounts/password/reset/done/")]
    assert {page.status_code for page in pages} == {200}
    assert all(b"goodword user link" in page.content and b"sent you" not in page.content for page in pages)


def test_preferences_are_kept_and_shown(world: World, signed_in: SignedIn) -> None:
    ana = world.agent()
    client = signed_in(ana)
    answer = client.post("/preferences/", {"name": "Ana Li", "theme": "dark", "language": "en"})
    assert answer["Location"] == "/preferences/"
    page = client.get("/w/harbour/inbox/").content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-keys="off"' in page
    assert client.post("/preferences/", {"name": "", "theme": "purple"}).status_code == 422


def test_an_agent_without_a_workspace_is_told_whom_to_ask(db: None, signed_in: SignedIn) -> None:
    answer = signed_in(Agent.objects.create_user("lonely@example.org", name="Lou")).get("/")
    assert "You are in no workspace yet" in answer.content.decode()
