"""The customer's own page: is it solved, and how well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from goodword.care.closing import LINK_LIVES
from goodword.care.models import Case, Episode, Message, MessageKind, Rating, Resolution, ResolutionLink, State
from goodword.care.resolve import resolve_case
from goodword.kernel.clock import current_time
from goodword.kernel.models import FactRow
from tests.care.postbox import open_postbox
from tests.care.world import World, fresh


@pytest.fixture
def case(world: World, tmp_path: Path) -> Case:
    return world.case("<b>My parcel</b> never came", source=open_postbox(world, tmp_path / "posts"))


@pytest.fixture
def address(world: World, case: Case) -> str:
    """The path of the link that the customer was sent."""
    resolve_case(case=case, by=world.agent(), ask=True, idempotency_key="resolve-it", now=current_time())
    found = re.search(r"/s/[^/]+/", Message.objects.get(kind=MessageKind.REPLY).text)
    assert found is not None
    return found.group()


@pytest.fixture
def browser() -> Client:
    """One that keeps no cookies and brings no token, as mail programs' browsers do."""
    return Client(enforce_csrf_checks=True)


def test_opening_the_link_records_nothing(address: str, case: Case, browser: Client) -> None:
    facts, episode = FactRow.objects.count(), Episode.objects.values().get()
    for method in (browser.get, browser.head):
        assert method(address).status_code == 200
    for verb in ("confirmation", "dispute", "rating"):
        assert browser.get(f"{address}{verb}/").status_code == 405
    assert (FactRow.objects.count(), Episode.objects.values().get()) == (facts, episode)
    assert not Rating.objects.exists()
    assert fresh(case).state == State.RESOLVED


def test_the_page_stays_out_of_indexes_caches_and_other_sites_logs(address: str, browser: Client) -> None:
    for response in (browser.get(address), browser.get("/s/unknown/"), browser.post(f"{address}confirmation/")):
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert response.headers["Cache-Control"] == "no-store"


def test_the_customers_words_are_text(address: str, browser: Client) -> None:
    page = browser.get(address).content.decode()
    assert "<b>My parcel" not in page
    assert "&lt;b&gt;My parcel" in page


def test_the_customer_confirms_and_may_still_change_their_mind(address: str, case: Case, browser: Client) -> None:
    response = browser.post(f"{address}confirmation/")
    assert (response.status_code, response.headers["Location"]) == (303, address)
    assert Episode.objects.get().resolution == Resolution.CONFIRMED
    page = browser.get(address).content.decode()
    assert "Good to hear" in page
    assert "Yes, it is solved" not in page
    assert page.index("Tell us how it went") < page.index("It is not solved after all")
    browser.post(f"{address}dispute/", {"words": "It broke again"})
    assert Episode.objects.get(number=1).resolution == Resolution.DISPUTED


def test_the_customer_disputes_and_a_second_time_is_told_that_we_are_at_it(
    address: str, case: Case, browser: Client
) -> None:
    for _twice in range(2):
        assert browser.post(f"{address}dispute/", {"words": "Still no parcel"}).status_code == 303
    assert fresh(case).state == State.OPEN
    assert Message.objects.get(kind=MessageKind.INBOUND, mention=None).text == "Still no parcel"
    page = browser.get(address).content.decode()
    assert "working on it again" in page
    assert "How well was it solved" not in page
    assert "it is not solved" not in page
    late = browser.post(f"{address}dispute/", {"words": "Now the lid is broken as well"})
    assert late.status_code == 422
    assert "Now the lid is broken as well" in late.content.decode()
    assert browser.post(f"{address}confirmation/").status_code == 303
    assert Episode.objects.get(number=1).resolution == Resolution.DISPUTED


def test_the_survey_takes_one_answer_of_two_and_shows_what_stands(address: str, browser: Client) -> None:
    response = browser.post(f"{address}rating/", {"solved": "4", "comment": "Took a while"})
    assert response.status_code == 303
    rating = Rating.objects.get()
    assert (rating.solved, rating.person, rating.comment, rating.way) == (4, None, "Took a while", "link")
    page = browser.get(address).content.decode()
    assert re.search(r'name="solved" value="4" checked', page)
    assert "Took a while" in page


@pytest.mark.parametrize("sent", [{}, {"comment": "Nice"}, {"solved": "6"}, {"solved": "ten", "person": "0"}])
def test_an_empty_survey_says_what_to_do_and_keeps_the_words(
    address: str, browser: Client, sent: dict[str, str]
) -> None:
    response = browser.post(f"{address}rating/", {"comment": "My words", **sent})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in page
    assert sent.get("comment", "My words") in page
    assert not Rating.objects.exists()


def test_an_unknown_and_an_expired_link_look_the_same(address: str, browser: Client) -> None:
    unknown = browser.get("/s/unknown/")
    ResolutionLink.objects.update(expires_at=current_time() - LINK_LIVES)
    expired = browser.get(address)
    assert unknown.status_code == expired.status_code == 404
    assert unknown.content == expired.content
    assert browser.post(f"{address}confirmation/").status_code == 404
    assert Episode.objects.get().resolution == Resolution.PROPOSED


def test_no_page_of_the_staff_shows_the_link_that_speaks_for_the_customer(
    world: World, address: str, case: Case, client: Client
) -> None:
    client.force_login(world.agent("Bo"))
    house = f"/w/{world.workspace.slug}"
    pages = [
        f"{house}/cases/{case.number}/",
        f"{house}/customers/{case.identity.person_id}/",
        f"{house}/search/?q=solved",
        f"{house}/inbox/?view=all",
    ]
    for page in pages:
        shown = client.get(page).content.decode()
        assert "case" in shown
        assert address not in shown
    assert "the customer’s own link" in client.get(pages[0]).content.decode()
    assert address in Message.objects.get(kind=MessageKind.REPLY).text  # what goes out has it
