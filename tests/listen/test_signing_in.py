"""Signing in at a network, through the pages and a twin that asks the person: what it brings, and what is refused."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from django.test import Client

from goodword.connectors.authorizing import Authorizes
from goodword.connectors.mastodon.twin import TOKEN, MastodonTwin
from goodword.kernel.clock import current_time
from goodword.kernel.seal import unseal
from goodword.listen import signing_in
from goodword.listen.change_source import change_source
from goodword.listen.models import Source
from goodword.listen.renew import renew_tokens
from goodword.staff.models import Role
from tests.care.world import World
from tests.connectors.mastodon.world import MastodonWorld

pytestmark = pytest.mark.django_db

NEW = "/w/harbour/sources/new/mastodon/"


@pytest.fixture(scope="module")
def network() -> Iterator[MastodonWorld]:
    with MastodonWorld() as network:
        yield network


@pytest.fixture
def place(network: MastodonWorld) -> MastodonWorld:
    assert isinstance(network.twin, MastodonTwin)
    network.twin.doorkeeper.seconds = 0
    return network


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(World().agent("Ana", Role.ADMIN))
    return client


def leave(browser: Client, place: MastodonWorld, path: str = f"{NEW}signing-in/", name: str = "Masto") -> str:
    """Press “Sign in at the network”: where the browser goes."""
    form = {"name": name, "setting-instance": place.settings["instance"], "setting-public": "no"}
    page = browser.post(path, {**form, "setting-history_days": "7", "setting-token": ""})
    assert page.status_code == 200, page.content.decode()
    refresh = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.content.decode())
    assert refresh is not None
    return html.unescape(refresh[1])


def answer(address: str, says: str = "yes") -> str:
    """Press a button of the network's own page: where it sends the browser back to."""
    page = httpx.get(address)
    assert "Goodword would like to use your account @harbour" in page.text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)">', page.text))
    fields = {name: html.unescape(value) for name, value in fields.items()} | {"answer": says}
    return str(httpx.post(address.partition("?")[0], data=fields).headers["location"])


def come_back(browser: Client, location: str) -> tuple[int, str]:
    """The status, and what the page says."""
    parts = urlsplit(location)
    page = browser.get(f"{parts.path}?{parts.query}")
    return page.status_code, page.content.decode()


def the_source() -> Source:
    return Source.objects.get(connector_key="mastodon")


def test_two_clicks_connect_and_the_token_is_shown_nowhere(browser: Client, place: MastodonWorld) -> None:
    going = leave(browser, place)
    asked = parse_qs(urlsplit(going).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert "write:statuses" in asked["scope"][0]
    status, _page = come_back(browser, answer(going))
    assert status == 302 or status == 303
    source = the_source()
    token = source.full_settings()["token"]
    assert token not in {"", TOKEN}
    assert "token" not in source.settings
    assert "grant" not in source.settings
    page = browser.get(f"/w/harbour/sources/{source.pk}/").content.decode()
    settings = browser.get(f"/w/harbour/sources/{source.pk}/settings/").content.decode()
    assert token not in page + settings
    tried = browser.post(f"/w/harbour/sources/{source.pk}/check/").content.decode()
    assert "Signed in as @harbour@twin.example." in tried


def test_a_return_is_good_once_in_one_browser_and_for_one_network(browser: Client, place: MastodonWorld) -> None:
    back = answer(leave(browser, place))
    stranger = Client()
    stranger.force_login(World("quay").agent("Eve", Role.ADMIN))
    assert come_back(stranger, back.replace("/w/harbour/", "/w/quay/"))[0] == 400
    elsewhere = back.replace("/signed-in/", "/signed-in/0")
    assert come_back(browser, elsewhere)[0] == 400
    guessed = back.partition("state=")[0] + "state=guessed"
    assert come_back(browser, guessed)[0] == 400
    assert not Source.objects.filter(connector_key="mastodon").exists()
    assert come_back(browser, back)[0] in {302, 303}
    assert come_back(browser, back)[0] == 400, "not a second time"


def test_a_no_is_told_and_what_was_typed_stays(browser: Client, place: MastodonWorld) -> None:
    status, page = come_back(browser, answer(leave(browser, place), says="no"))
    assert status == 422
    assert "The resource owner denied the request." in page
    assert place.settings["instance"] in page
    assert not Source.objects.filter(connector_key="mastodon").exists()


def test_a_return_that_comes_too_late_is_refused(
    browser: Client, place: MastodonWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = answer(leave(browser, place))
    monkeypatch.setattr(signing_in, "GOOD_FOR", timedelta(seconds=-1))
    assert come_back(browser, back)[0] == 400


def test_a_code_without_the_verifier_is_worth_nothing(browser: Client, place: MastodonWorld) -> None:
    """Who stole the code on its way back has no token by it (RFC 7636)."""
    going = leave(browser, place)
    code = parse_qs(urlsplit(answer(going)).query)["code"][0]
    asked = parse_qs(urlsplit(going).query)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": asked["client_id"][0],
        "redirect_uri": asked["redirect_uri"][0],
        "code_verifier": "guessed",
    }
    assert httpx.post(f"{place.settings['instance']}/oauth/token", content=urlencode(form)).status_code in {400, 401}


def test_an_instance_that_cant_be_reached_is_told_in_the_form(browser: Client, place: MastodonWorld) -> None:
    form = {"name": "Masto", "setting-instance": "http://127.0.0.1:9", "setting-public": "no"}
    page = browser.post(f"{NEW}signing-in/", {**form, "setting-history_days": "7"})
    assert page.status_code == 422
    assert "can&#x27;t be reached" in page.content.decode()


def test_tokens_that_end_are_renewed_before_and_an_own_one_is_left_alone(browser: Client, place: MastodonWorld) -> None:
    assert isinstance(place.twin, MastodonTwin)
    place.twin.doorkeeper.seconds = 7200
    come_back(browser, answer(leave(browser, place)))
    first = the_source().full_settings()["token"]
    assert renew_tokens(now=current_time()) == 0
    assert renew_tokens(now=current_time() + timedelta(minutes=110)) == 1
    second = the_source().full_settings()["token"]
    assert second != first
    assert "Signed in as" in browser.post(f"/w/harbour/sources/{the_source().pk}/check/").content.decode()
    assert renew_tokens(now=current_time() + timedelta(days=2)) == 1, "with the new refresh token"

    source = the_source()
    change_source(source=source, by=None, name="Masto", settings={"token": TOKEN}, now=current_time())
    assert renew_tokens(now=current_time() + timedelta(days=4)) == 0
    assert the_source().full_settings()["token"] == TOKEN


def test_who_signs_in_again_goes_on_with_the_same_source(browser: Client, place: MastodonWorld) -> None:
    come_back(browser, answer(leave(browser, place)))
    source = the_source()
    before = unseal(bytes(source.sealed_secrets))
    Source.objects.filter(pk=source.pk).update(state=Source.State.STOPPED, cursor={"here": "1"})
    back = answer(leave(browser, place, f"/w/harbour/sources/{source.pk}/settings/signing-in/"))
    assert come_back(browser, back)[0] in {302, 303}
    source = the_source()
    assert unseal(bytes(source.sealed_secrets))["token"] != before["token"]
    assert (source.state, source.cursor) == (Source.State.LISTENING, {"here": "1"})


def test_a_source_that_is_deleted_while_its_token_is_renewed_holds_up_no_other(
    browser: Client, place: MastodonWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(place.twin, MastodonTwin)
    place.twin.doorkeeper.seconds = 7200
    come_back(browser, answer(leave(browser, place)))
    connector = the_source().connector
    assert isinstance(connector, Authorizes)
    renew = connector.renew

    def renew_meanwhile(_connector: object, **given: Any) -> Mapping[str, str] | None:
        the_source().delete()
        return renew(**given)

    monkeypatch.setattr(type(connector), "renew", renew_meanwhile)
    assert renew_tokens(now=current_time() + timedelta(minutes=110)) == 0
