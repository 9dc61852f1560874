"""The guided apology, from its parts to a draft."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from goodword.care.apology_words import Apology, apology_text
from goodword.care.models import Case, Draft, MakeGood
from goodword.honesty.rules import check_words
from goodword.promises.spot import spot
from goodword.staff.models import Agent
from tests.care.postbox import open_postbox
from tests.care.world import NOON, World

ZONE = ZoneInfo("Europe/Berlin")
KEY = {"idempotency_key": "key-of-a-form"}
TYPED = {"happened": "we sent your order to the wrong address", "doing": "send you another pair", "kind": ""}


@given(st.integers(1, 400 * 24 * 60))
def test_the_promise_of_an_apology_is_found_with_its_very_moment(minutes: int) -> None:
    due = datetime.fromtimestamp(NOON.timestamp() + 60 * minutes, ZONE)
    text = apology_text(Apology("Mara", TYPED["happened"], TYPED["doing"], due))
    [promise] = spot(text, now=NOON, zone=ZONE)
    assert promise.due_at == due or due.utcoffset() != due.replace(fold=1).utcoffset()
    assert not promise.conditional


def test_it_says_all_four_parts_and_no_check_speaks_against_it() -> None:
    due = datetime(2026, 3, 6, 17, tzinfo=ZONE)
    text = apology_text(Apology("Mara", "we sent it twice", "refund you.", due, "a voucher of 15 euros."))
    assert text.split("\n\n") == [
        "Hello Mara,",
        "We sent it twice. That was our mistake, and I am sorry.",
        "We'll refund you by 6 March 2026 at 17:00.",
        "To make up for it, we give you a voucher of 15 euros.",
    ]
    assert [each.flag for each in check_words([(text, True)])[0]] == ["apology"]


@pytest.fixture
def case(world: World, tmp_path: Path) -> Case:
    return world.case(source=open_postbox(world, tmp_path / "posts"))


@pytest.fixture
def client(world: World) -> Client:
    client = Client()
    client.force_login(world.agent())
    return client


def typed(**more: str) -> dict[str, str]:
    return TYPED | KEY | {"due": f"{datetime.now(ZONE).year + 1}-03-06T17:00"} | more


def test_the_parts_become_a_draft_below_what_was_written(world: World, case: Case, client: Client) -> None:
    ana = Agent.objects.get()
    Draft.objects.create(workspace=world.workspace, case=case, agent=ana, text="Hi", private=True, saved_at=NOON)
    address = f"/w/harbour/cases/{case.number}/apology/"
    assert "Own a mistake" in client.get(address).content.decode()
    assert client.post(address, typed()).status_code == 303
    draft = Draft.objects.get()
    assert draft.private
    assert draft.text.startswith("Hi\n\nHello")
    assert "send you another pair by 6 March" in draft.text
    assert not MakeGood.objects.exists()


@pytest.mark.parametrize(("amount", "is_promised"), [("15", True), ("150", False)])
def test_only_what_is_approved_is_in_the_words(case: Case, client: Client, amount: str, is_promised: bool) -> None:
    fields = typed(kind="voucher", what="a voucher", amount=amount)
    answer = client.post(f"/w/harbour/cases/{case.number}/apology/", fields, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert ("we give you a voucher" in Draft.objects.get().text) is is_promised
    assert ("A lead was asked" in answer.headers["HX-Trigger"]) is not is_promised
    assert MakeGood.objects.get().why == TYPED["happened"]


@pytest.mark.parametrize("gift", [{}, {"kind": "voucher", "what": "a voucher", "amount": "15"}])
def test_a_form_that_is_sent_twice_gives_and_says_it_once(case: Case, client: Client, gift: dict[str, str]) -> None:
    for _ in range(2):
        assert client.post(f"/w/harbour/cases/{case.number}/apology/", typed(**gift)).status_code == 303
    assert MakeGood.objects.count() == len(gift) / 3
    assert Draft.objects.get().text.count("That was our mistake") == 1


def test_the_form_that_is_shown_can_be_sent(case: Case, client: Client) -> None:
    page = client.get(f"/w/harbour/cases/{case.number}/apology/").content.decode()
    assert len(page.partition('name="idempotency_key" value="')[2].partition('"')[0]) > 20


@pytest.mark.parametrize(
    "wrong",
    [
        {"happened": ""},
        {"doing": " "},
        {"due": "2001-01-01T10:00"},
        {"due": "by the 31st of June"},
        {"kind": "voucher", "what": "", "amount": "5"},
        {"kind": "voucher", "what": "a voucher", "amount": ""},
        {"kind": "voucher", "what": "a voucher", "amount": "0"},
        {"kind": "voucher", "what": "a voucher", "amount": "1e9999"},
        {"kind": "gold", "what": "gold", "amount": "5"},
    ],
)
def test_what_is_missing_is_said_and_nothing_is_half_done(case: Case, client: Client, wrong: dict[str, str]) -> None:
    answer = client.post(f"/w/harbour/cases/{case.number}/apology/", typed() | wrong)
    assert answer.status_code == 422
    assert wrong.get("happened", TYPED["happened"]) in answer.content.decode()
    assert not Draft.objects.exists()
    assert not MakeGood.objects.exists()
