from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goodword.care.decide import dispute_resolution
from goodword.care.models import Delivery
from goodword.care.person_timeline import person_timeline
from goodword.care.resolve import resolve_case
from goodword.listen.models import Disposition, Mention
from goodword.people.merge import merge_people
from tests.care.world import World, at


def told(world: World) -> tuple[object, list[str]]:
    """A person with two channels and two cases; what is told of them, newest first."""
    ana, mara, mail = world.agent(), world.identity("mara"), world.identity("mara@example.org", channel="email")
    first = world.case("My parcel never came", identity=mara, when=0)
    world.reply(first, ana, "On it", when=1)
    world.reply(first, ana, "Oops", when=1, delivery=Delivery.UNDONE)
    world.case("Invoice please", identity=mail, when=2)
    merge_people(kept=mara.person, absorbed=mail.person, evidence="Same order", by=ana, now=at(3))
    dispute_resolution(episode=resolve_case(case=first, by=ana, ask=False, now=at(4)), now=at(5))
    praise = world.inbound(first, "You are great", when=6).mention
    assert praise is not None
    Mention.objects.filter(pk=praise.pk).update(disposition=Disposition.PRAISE_KEPT)
    world.case("Somebody else", when=7)
    return mara.person, [
        "You are great",
        "ResolutionDisputed",
        "CaseReopened",
        "ResolutionProposed",
        "PeopleMerged",
        "Invoice please",
        "On it",
        "My parcel never came",
    ]


def words(moments: object) -> list[str]:
    return [
        moment.said.text if moment.said else moment.answer.text if moment.answer else moment.fact.kind
        for moment in moments  # type: ignore[attr-defined]
    ]


def test_everything_of_a_person_stands_in_time_order(world: World) -> None:
    person, expected = told(world)
    page = person_timeline(person)  # type: ignore[arg-type]
    assert (words(page.moments), page.after) == (expected, "")


@pytest.mark.parametrize("size", [1, 2, 3])
def test_page_by_page_nothing_is_missed_or_told_twice(world: World, size: int) -> None:
    person, expected = told(world)
    seen: list[str] = []
    after = ""
    for _ in range(len(expected)):
        page = person_timeline(person, after=after, size=size)  # type: ignore[arg-type]
        seen += words(page.moments)
        after = page.after
        if not after:
            break
    assert seen == expected


def test_the_number_of_queries_does_not_grow_with_what_is_told(world: World) -> None:
    person, _expected = told(world)
    with CaptureQueriesContext(connection) as queries:
        page = person_timeline(person)  # type: ignore[arg-type]
        for moment in page.moments:
            assert moment.said is None or moment.said.identity
            assert moment.answer is None or (moment.answer.agent and moment.answer.case)
    assert len(queries) == 5
