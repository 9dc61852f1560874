"""An address that is looked at over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from goodword.connectors.contract import Cursor, Delivery, Heard, Refused, Retry
from goodword.connectors.mapping.payload import Item
from goodword.connectors.polled import checking, listening
from goodword.connectors.polled.connector import PolledAddress
from goodword.connectors.polled.items import key_of
from goodword.connectors.twins.server import Answer
from tests.connectors.polled.world import ShopWorld

CONNECTOR = PolledAddress()


@pytest.fixture
def shop() -> Iterator[ShopWorld]:
    with ShopWorld() as world:
        yield world


def visit(shop: ShopWorld, cursor: Cursor, **settings: str) -> Delivery:
    """One look."""
    stream = CONNECTOR.listen(settings={**shop.settings, **settings}, cursor=cursor, stop=lambda: False, now=shop.now)
    return next(stream)


def heard(shop: ShopWorld, delivery: Delivery) -> list[Heard]:
    return [each for raw in delivery.raws for each in CONNECTOR.parse(raw, shop.settings)]


def test_only_what_is_new_or_changed_comes_whatever_counters_do(shop: ShopWorld) -> None:
    post = shop.says("one")
    shop.says("two")
    first = visit(shop, {})
    assert [each.text for each in heard(shop, first)] == ["@harbour one", "@harbour two"]
    assert visit(shop, {**first.cursor, "seen": {}}).raws == ()  # fetched again, with other counters
    shop.world.edit(post.number, "@harbour one, edited")
    (edited,) = heard(shop, visit(shop, first.cursor))
    assert (edited.native_id, edited.text) == ("1", "@harbour one, edited")


def test_stars_of_ten_are_stars_of_five(shop: ShopWorld) -> None:
    shop.says("one")
    (review,) = heard(shop, visit(shop, {}))
    assert (review.rating, review.author.native_id) == (1.5, "c-2")


def test_a_list_that_holds_nothing_known_any_more_is_a_gap(shop: ShopWorld) -> None:
    shop.says("before")
    first = visit(shop, {})
    shop.speak(51)
    then = visit(shop, first.cursor)
    assert len(then.raws) == 50
    assert len(then.gaps) == 1


def test_at_first_only_the_last_days_are_heard(shop: ShopWorld) -> None:
    shop.says("old")
    first = visit(shop, {}, history_days="0")
    shop.says("new")
    assert [each.text for each in heard(shop, visit(shop, first.cursor))] == ["@harbour new"]
    assert not first.raws


def test_a_mended_mapping_hears_everything_anew(shop: ShopWorld) -> None:
    shop.says("one")
    wrong = visit(shop, {}, text_path="review.nothing")
    assert len(wrong.raws) == 1
    mended = visit(shop, {**wrong.cursor, "seen": {}})
    assert [each.text for each in heard(shop, mended)] == ["@harbour one"]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"<html>", kind="text/html"),
        Answer(b'{"data": {"revi', kind="application/json"),
        Answer(b""),
        Answer({"data": []}),
        Answer({}, 502),
        Answer({}, 429),
    ],
)
def test_what_is_no_answer_is_tried_again(shop: ShopWorld, monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    monkeypatch.setattr(shop.twin, "before", lambda _request: answer)
    with pytest.raises(Retry):
        visit(shop, {})


def test_a_wrong_key_says_so_without_it(shop: ShopWorld) -> None:
    with pytest.raises(Refused, match="who asks") as caught:
        visit(shop, {}, token="X-Api-Key: wrong-key-here")
    assert "wrong-key" not in str(caught.value)
    with pytest.raises(Refused, match="a colon"):
        visit(shop, {}, token="just-a-key")


def test_items_that_share_a_number_do_not_take_turns(shop: ShopWorld) -> None:
    shop.says("one")
    shop.says("two")
    first = visit(shop, {}, id_path="customer.id")
    assert len(first.raws) == 1
    assert visit(shop, {**first.cursor, "seen": {}}, id_path="customer.id").raws == ()


def test_of_very_many_items_the_newest_are_heard(shop: ShopWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(checking, "MOST_AT_ONCE", 3)
    shop.speak(5)
    first = visit(shop, {})
    assert [each.native_id for each in heard(shop, first)] == ["3", "4", "5"]
    assert [gap.reason for gap in first.gaps] == ["Of 5 rows only the newest 3 were taken."]
    assert not visit(shop, {**first.cursor, "seen": {}}).gaps, "told once"
    assert visit(shop, {**first.cursor, "seen": {}}).raws == ()
    assert not CONNECTOR.check(settings={**shop.settings, "at_path": ""})[-1].passed
    assert CONNECTOR.check(settings=shop.settings)[-1].passed


def test_rows_without_times_run_from_what_was_shown_to_what_was_not() -> None:
    rows: list[tuple[datetime | None, Item]] = [(None, {"id": each}) for each in ("c", "b", "a")]
    shown = {key_of({"id": "a"})}
    assert [item["id"] for item in listening._in_order(rows, shown)] == ["a", "b", "c"]
    assert [item["id"] for item in listening._in_order(rows[::-1], shown)] == ["a", "b", "c"]


def test_check_shows_paths_and_how_it_is_heard(shop: ShopWorld) -> None:
    shop.says("one")
    lines = CONNECTOR.check(settings=shop.settings)
    assert [line.passed for line in lines] == [True, True, True]
    assert ("review.body", "@harbour one") in lines[1].read
    assert [each.text for each in lines[2].heard] == ["@harbour one"]
    wrong = CONNECTOR.check(settings={**shop.settings, "items_path": "reviews"})
    assert not wrong[-1].passed
    assert ("data.reviews[0].review.body", "@harbour one") in wrong[-1].read
