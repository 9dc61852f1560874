"""Pages come in the language that an agent chose, and only then in that of the browser."""

from __future__ import annotations

import pytest
from django.conf import settings as house
from django.test import Client
from pytest_django.fixtures import Settings

from goodword.staff.models import Agent
from tests.care.world import World

PREFERENCES = "/preferences/"


@pytest.fixture
def ana(db: None, settings: Settings) -> Agent:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    ana = World().agent()
    ana.set_password("correct horse battery")
    ana.save()
    return ana


def choose(client: Client, ana: Agent, language: str) -> None:
    form = {"name": ana.name, "theme": ana.theme, "language": language}
    assert client.post(PREFERENCES, form).status_code == 303


def spoken(client: Client) -> str:
    return client.get(PREFERENCES).headers["Content-Language"]


def test_the_choice_goes_with_the_agent_to_another_browser(ana: Agent) -> None:
    one, other = Client(), Client(headers={"accept-language": "en"})
    for client in (one, other):
        client.post("/accounts/login/", {"login": ana.email, "password": "correct horse battery"})
    assert (spoken(one), spoken(other)) == ("en", "en")
    choose(one, ana, "de")
    assert (spoken(one), spoken(other)) == ("de", "de")


def test_as_the_browser_is_as_the_browser(ana: Agent) -> None:
    client = Client(headers={"accept-language": "de"})
    client.force_login(ana)
    client.cookies[house.LANGUAGE_COOKIE_NAME] = "en"  # of an older version
    choose(client, ana, "")
    assert spoken(client) == "de"


def test_a_language_that_is_gone_is_none(ana: Agent, settings: Settings) -> None:
    Agent.objects.update(language="en-xa")
    client = Client(headers={"accept-language": "de"})
    client.force_login(ana)
    assert spoken(client) == "de"


def test_the_language_for_translators_is_offered_to_nobody_else() -> None:
    assert [code for code, _name in house.LANGUAGES] == ["en"]
