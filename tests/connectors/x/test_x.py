"""The connector against its twin, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from goodword.connectors.charging import BudgetSpent, Expense
from goodword.connectors.contract import Author, Delivery, Direction, Heard, Kind, Outgoing, Raw, Refused, Retry
from goodword.connectors.contract_suite import (
    ChargingSuite,
    ContractSuite,
    ListeningSuite,
    SendingSuite,
    Subject,
    TransmissionSuite,
)
from goodword.connectors.contract_suite.charges import Wallet
from goodword.connectors.twins.faults import RateLimit
from goodword.connectors.x import compliance, listening
from goodword.connectors.x.connector import X
from goodword.connectors.x.parse import known_as
from goodword.connectors.x.posts import time_of
from goodword.connectors.x.prices import POST_READ, REPLY, REPLY_WITH_LINK
from goodword.connectors.x.twin import post_id
from tests.connectors.recorded_payloads import raws
from tests.connectors.x.world import XWorld

CONNECTOR = X()
PAYLOADS = Path(__file__).parent / "payloads"


class TestX(ChargingSuite, ContractSuite, ListeningSuite, SendingSuite, TransmissionSuite):
    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        good = [raw for raw in raws("x", "*.json", "application/json") if ".bad." not in raw.delivery_id]
        with XWorld() as world:
            bad = raws("x", "*.bad.json", "application/json")
            yield Subject(CONNECTOR, world.settings, good, bad, world=world)


@pytest.fixture
def place() -> Iterator[XWorld]:
    with XWorld() as world:
        yield world


def parsed(name: str) -> Heard:
    (heard,) = CONNECTOR.parse(Raw(name, (PAYLOADS / f"{name}.json").read_bytes()), {})
    return heard


def first(place: XWorld, cursor: dict[str, object] | None = None, *, many: int = 1, **settings: str) -> list[Delivery]:
    stream = CONNECTOR.listen(
        settings={**place.settings, **settings}, cursor=cursor or {}, stop=lambda: False, now=place.now
    )
    return [next(stream) for _ in range(many)]


def texts(*deliveries: Delivery) -> list[str]:
    return [heard.text for delivery in deliveries for raw in delivery.raws for heard in CONNECTOR.parse(raw, {})]


def answer(in_reply_to: str | None, text: str = "We look into it.") -> Outgoing:
    return Outgoing("key", text, False, None, in_reply_to, (), Author(native_id="2244994002"))


def send(place: XWorld, outgoing: Outgoing) -> str:
    return CONNECTOR.send(settings=place.settings, outgoing=outgoing, now=place.now).native_id


def test_a_mention_as_it_was_written() -> None:
    mara = parsed("mention")
    assert mara.text == "@harbour seams & zips <3 broken: https://pics.example/seam"
    assert (mara.native_id, mara.thread, mara.kind) == ("1346889436626259968", "1346889436626259968", Kind.POST)
    assert (mara.addressed, mara.author.handle) == (("harbour",), "mara_j")
    assert mara.url == "https://x.com/mara_j/status/1346889436626259968"


def test_an_edit_stays_the_same_post() -> None:
    ola = parsed("edited")
    assert (ola.native_id, ola.extra["edit"]) == ("1346889436626259970", "1346889436626259999")
    assert (ola.parent, ola.kind, ola.lang) == ("1346889436626259968", Kind.REPLY, None)
    assert ola.extra["quotes"] == "1346889436626250000"


def test_long_posts_our_own_and_those_that_are_gone() -> None:
    assert parsed("long").text == "Ein sehr langer Text, der hier ganz steht."
    assert parsed("ours").direction is Direction.OUT
    assert parsed("gone").deleted


def test_what_a_search_finds_is_heard_once_by_either_way(place: XWorld) -> None:
    place.says("the zip broke")
    place.world.say(place.mara, "My harbour zip broke, too")
    mentions, found = first(place, many=2, search="zip broke")
    assert texts(mentions) == ["@harbour the zip broke"]
    assert texts(found) == ["@harbour the zip broke", "My harbour zip broke, too"]
    assert mentions.raws[0] == found.raws[0]
    assert found.quotas[0].limit == 10**8


def test_pages_are_gathered_and_handed_over_oldest_first(place: XWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_PAGE", 10)
    for number in range(35):
        place.says(f"number {number}")
    (delivery,) = first(place)
    assert texts(delivery) == [f"@harbour number {number}" for number in range(35)]
    assert set(delivery.cursor["asked"]["mentions"]) == {"since"}


def test_where_the_money_ends_the_rest_waits(place: XWorld) -> None:
    for number in range(30):
        place.says(f"number {number}")
    wallet = Wallet(POST_READ.each * 12)
    stream = CONNECTOR.listen_within(
        settings=place.settings, cursor={}, stop=lambda: False, now=place.now, purse=wallet
    )
    newest = next(stream)
    assert texts(newest) == [f"@harbour number {number}" for number in range(18, 30)]
    with pytest.raises(BudgetSpent) as rest:
        next(stream)
    assert rest.value.after > timedelta(0)
    assert wallet.left() == 0
    (others,) = first(place, dict(newest.cursor))
    assert texts(others) == [f"@harbour number {number}" for number in range(18)]
    place.says("and on")
    (more,) = first(place, dict(others.cursor))
    assert texts(more) == ["@harbour and on"]


def test_a_search_that_costs_more_than_is_left_rests(place: XWorld) -> None:
    place.world.say(place.mara, "harbour zip")
    wallet = Wallet(POST_READ.each * 9)  # a page of search has at least ten
    stream = CONNECTOR.listen_within(
        settings={**place.settings, "search": "zip"}, cursor={}, stop=lambda: False, now=place.now, purse=wallet
    )
    assert texts(next(stream)) == []  # mentions
    with pytest.raises(BudgetSpent, match="covers no page"):
        next(stream)
    assert not wallet.spent


def test_a_search_that_rested_for_more_than_a_week_leaves_a_gap(place: XWorld) -> None:
    cursor: dict[str, object] = {"asked": {"search": {"since": "1346889436626259968"}}}
    _mentions, found = first(place, cursor, many=2, search="zip")
    (gap,) = found.gaps
    assert (gap.since.year, gap.until is not None and gap.until < place.now() - timedelta(days=6)) == (2021, True)


def test_an_edited_post_that_is_gone_is_known_by_its_first_id() -> None:
    """https://docs.x.com/x-api/compliance: what is told is the newest version's id."""
    body = (PAYLOADS / "edited.json").read_bytes()
    [(newest, first)] = known_as(Raw("post/1/x", body)).items()
    assert (newest, first) == ("1346889436626259999", "1346889436626259970")


def test_what_was_deleted_goes_by_a_compliance_job(place: XWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compliance, "_AGAIN", timedelta(0))
    monkeypatch.setattr(listening, "rest", lambda wait, stop: iter(()))
    kept, gone = place.says("kept"), place.says("gone")
    stream = CONNECTOR.listen(settings=place.settings, cursor={}, stop=lambda: False, now=place.now)
    assert texts(next(stream)) == ["@harbour kept", "@harbour gone"]
    place.world.delete(gone.number)
    told = [heard for _ in range(4) for raw in next(stream).raws for heard in CONNECTOR.parse(raw, {})]
    assert [(heard.native_id, heard.deleted) for heard in told] == [(post_id(gone), True)]
    assert next(stream).cursor["recent"] == {post_id(kept): post_id(kept)}


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("We look into it.", REPLY),
        ("See https://harbour.example/help", REPLY_WITH_LINK),
        ("See harbour.example/help.", REPLY_WITH_LINK),
        ("Write to help@harbour.example", REPLY),
        ("Thanks... we do", REPLY),
    ],
)
def test_the_price_of_a_reply(text: str, price: object) -> None:
    (expense,) = CONNECTOR.price_of(settings={}, outgoing=answer("1", text))
    assert isinstance(expense, Expense)
    assert (expense.price, expense.amount > Decimal(0)) == (price, True)


def test_an_answer_stands_in_its_thread(place: XWorld) -> None:
    asked = place.says("the zip broke")
    send(place, answer(post_id(asked)))
    assert CONNECTOR.find_sent(settings=place.settings, outgoing=answer(post_id(asked))) is not None
    assert CONNECTOR.find_sent(settings=place.settings, outgoing=answer(post_id(asked), "We look")) is None
    *_, ours = place.world.posts()
    assert (ours.parent, ours.text) == (asked.number, "@mara We look into it.")
    with pytest.raises(Refused, match="no text twice"):
        send(place, answer(post_id(asked)))


def test_looking_for_an_answer_costs_what_is_read(place: XWorld) -> None:
    asked = place.says("hello")
    outgoing = answer(post_id(asked))
    send(place, outgoing)
    purse = Wallet(Decimal("0.10"))
    found = CONNECTOR.find_sent_within(settings=place.settings, outgoing=outgoing, now=place.now, purse=purse)
    assert found is not None
    assert purse.left() == Decimal("0.10") - POST_READ.each
    with pytest.raises(BudgetSpent):
        CONNECTOR.find_sent_within(
            settings=place.settings, outgoing=outgoing, now=place.now, purse=Wallet(POST_READ.each)
        )


def test_with_little_money_left_a_revoked_token_is_said_to_be_one(place: XWorld) -> None:
    stream = CONNECTOR.listen_within(
        settings={**place.settings, "bearer_token": "revoked"},
        cursor={},
        stop=lambda: False,
        now=place.now,
        purse=Wallet(POST_READ.each),
    )
    with pytest.raises(Refused, match="token"):
        next(stream)


def test_who_didnt_mention_us_cant_be_answered(place: XWorld) -> None:
    with pytest.raises(Refused, match="mention the account"):
        send(place, answer(post_id(place.world.say(place.mara, "My harbour zip broke"))))
    with pytest.raises(Refused):
        send(place, answer(None))
    with pytest.raises(Refused, match="too long"):
        send(place, answer(post_id(place.says("hello")), "日" * 141))


def test_without_credits_it_waits(place: XWorld) -> None:
    asked = post_id(place.says("hello"))
    place.twin.has_credits = False
    for do in (lambda: first(place), lambda: send(place, answer(asked))):
        with pytest.raises(Retry, match="credits"):
            do()


def test_limits_wait_for_their_reset() -> None:
    with XWorld(requests=RateLimit(1, 900)) as place:
        first(place)
        with pytest.raises(Retry) as wait:
            first(place)
    assert timedelta(minutes=14) < wait.value.after < timedelta(minutes=19)


def test_test_it_now_says_what_it_costs_and_posts_nothing(place: XWorld) -> None:
    for number in range(5):
        place.says(f"number {number}")
    before = len(list(place.world.posts()))
    lines = CONNECTOR.check(settings=place.settings)
    assert all(line.passed for line in lines), lines
    assert [each.text[-1] for line in lines for each in line.heard] == ["4", "3", "2"]
    assert "0.085 USD" in lines[-1].detail
    assert len(list(place.world.posts())) == before


@pytest.mark.parametrize(("money", "passed"), [("0", 0), ("0.084", 1), ("0.085", 2)])
def test_test_it_now_spends_no_more_than_there_is(place: XWorld, money: str, passed: int) -> None:
    place.speak(5)
    purse = Wallet(Decimal(money))
    lines = CONNECTOR.check_within(settings=place.settings, now=place.now, purse=purse)
    assert sum(line.passed for line in lines) == passed
    assert (purse.left() or 0) >= 0
    assert sum(each.count for each in purse.spent if each.price == POST_READ) == (5 if passed == 2 else 0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"access_token": "nohyphen"}, "number of the account"),
        ({"app_secret": "wrong"}, "token"),
        ({"bearer_token": "wrong"}, "token"),
        ({"api": "http://127.0.0.1:9"}, "can't be reached"),
        ({"search": "x" * 513}, "512"),
        ({"app_key": ""}, "API key"),
    ],
)
def test_test_it_now_says_what_is_wrong(place: XWorld, change: dict[str, str], says: str) -> None:
    lines = CONNECTOR.check(settings={**place.settings, **change})
    assert lines[-1].passed is False
    assert says in lines[-1].detail


def test_times_of_ids() -> None:
    assert f"{time_of('1346889436626259968'):%Y-%m-%d}" == "2021-01-06"
