from __future__ import annotations

import pytest

from goodword.connectors.contract import Delivery
from goodword.connectors.contract import Gap as HeardGap
from goodword.listen.intake import take_in
from goodword.listen.models import Gap, RawItem, Source
from tests.listen.heard import at, hear, line, open_file_source, raw

pytestmark = pytest.mark.django_db


def test_items_and_cursor_are_stored_together_and_a_second_arrival_adds_nothing() -> None:
    source = open_file_source()
    first = hear(source, line("1"), line("2"), cursor=7)
    again = hear(source, line("2"), line("3"), cursor=9)
    assert (first.new, first.duplicates, again.new, again.duplicates) == (2, 0, 1, 1)
    source.refresh_from_db()
    assert source.cursor == {"n": 9}
    assert source.last_heard_at == at(60)
    assert list(RawItem.objects.order_by("id").values_list("delivery_id", flat=True)) == [
        each.delivery_id for each in (line("1"), line("2"), line("3"))
    ]


def test_a_delivery_that_fails_half_way_moves_no_cursor() -> None:
    source = open_file_source()
    too_long = raw(b"x")
    broken = type(too_long)("x" * 401, b"", "text/plain")  # longer than any delivery id may be
    with pytest.raises(Exception, match="too long"):
        hear(source, line("1"), broken, cursor=7)
    source.refresh_from_db()
    assert source.cursor == {}
    assert RawItem.objects.count() == 0


def test_an_empty_delivery_is_a_sign_of_life() -> None:
    source = open_file_source()
    Source.objects.filter(pk=source.pk).update(state=Source.State.FAILING, error="line is down")
    hear(source, cursor=3)
    source.refresh_from_db()
    assert (source.state, source.error, source.last_alive_at, source.last_heard_at) == ("listening", "", at(60), None)


def test_a_gap_that_the_network_tells_of_is_a_row() -> None:
    source = open_file_source()
    gap = HeardGap(since=at(0), until=at(30), reason="The cursor was too old.")
    for _ in range(2):
        take_in(source=source, delivery=Delivery(raws=(), cursor={}, gaps=(gap,)), now=at(60))
    kept = Gap.objects.get()
    assert (kept.since, kept.until, kept.reason) == (at(0), at(30), "The cursor was too old.")
