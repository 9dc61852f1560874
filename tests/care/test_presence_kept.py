from __future__ import annotations

from datetime import timedelta

from goodword.care.models import Delivery
from goodword.care.presence_kept import FEWEST, PresenceKept, fans_unanswered, presence_kept
from goodword.listen.models import Disposition, Mention
from goodword.promises.save_presence import save_presence
from goodword.staff.models import Agent
from tests.care.world import World, at

DAY = 24 * 60


def kept(world: World, *, until: float = 28 * DAY) -> PresenceKept:
    save_presence(
        workspace=world.workspace,
        channel=world.channel,
        hours="Mon to Fri",
        answer_minutes=60,
        days_a_week=5,
        by=None,
        now=at(0),
    )
    [one] = presence_kept(world.workspace, since=at(0), until=at(28 * DAY), now=at(until))
    return one


def answered(world: World, ana: Agent, minutes: float, *, when: float = 0) -> None:
    world.reply(world.case(when=when), ana, when=when + minutes)


def test_a_wait_is_in_time_if_a_person_answered_within_what_was_promised(world: World) -> None:
    ana = world.agent()
    answered(world, ana, 60)
    answered(world, ana, 61)
    assert (kept(world).in_time, kept(world).due) == (1, 2)


def test_only_the_first_message_of_a_wait_counts_and_each_wait_does(world: World) -> None:
    ana, case = world.agent(), world.case()
    world.inbound(case, "Hello?", when=50)  # still the same wait: 70 minutes in all
    world.reply(case, ana, when=70)
    world.inbound(case, "And now?", when=100)
    world.reply(case, ana, when=110)
    assert (kept(world).in_time, kept(world).due) == (1, 2)


def test_what_nobody_answers_is_missed_only_when_its_time_is_over(world: World) -> None:
    world.case()
    assert kept(world, until=59).due == 0
    assert (kept(world, until=61).in_time, kept(world, until=61).due) == (0, 1)


def test_what_the_house_writes_or_could_not_send_answers_nobody(world: World) -> None:
    ana, case = world.agent(), world.case()
    world.reply(case, ana, when=5, automatic=True)
    world.reply(case, ana, when=6, delivery=Delivery.FAILED)
    assert (kept(world).in_time, kept(world).due) == (0, 1)


def test_what_was_said_before_the_period_or_elsewhere_is_not_in_it(world: World) -> None:
    ana = world.agent()
    answered(world, ana, 5, when=-10)
    answered(world, ana, 5, when=29 * DAY)
    world.reply(world.case(source=world.new_source("Other", "chat")), ana, when=5)
    stranger = World("other")
    answered(stranger, stranger.agent(), 5)
    assert kept(world).due == 0


def test_days_on_which_somebody_answered_are_counted_by_the_houses_clock(world: World) -> None:
    ana = world.agent()
    for day in range(3):
        answered(world, ana, 5, when=day * DAY)
        answered(world, ana, 6, when=day * DAY)
    found = kept(world)
    assert (found.days_there, found.days_promised, found.was_there) == (3, 20, False)


def test_a_share_is_not_shown_of_too_few(world: World) -> None:
    ana = world.agent()
    for _ in range(FEWEST - 1):
        answered(world, ana, 5)
    assert kept(world).share is None
    answered(world, ana, 500)
    found = kept(world)
    assert found.share == 0.9
    assert found.interval is not None
    assert found.interval.low < 0.9 < found.interval.high


def test_fans_without_a_word_back_are_listed_by_name(world: World) -> None:
    mention = world.inbound(world.case(), "Love it!", when=5).mention
    assert mention is not None
    mention.identity.person.name = "Kofi Mensah"
    mention.identity.person.save()
    Mention.objects.filter(pk=mention.pk).update(disposition=Disposition.PRAISE_KEPT)
    fans, count = fans_unanswered(world.workspace, since=at(0), until=at(9))
    assert ([(fan.name, fan.words) for fan in fans], count) == ([("Kofi Mensah", "Love it!")], 1)
    assert fans_unanswered(world.workspace, since=at(0), until=at(5) - timedelta(seconds=1)) == ([], 0)
