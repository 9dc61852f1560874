from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from goodword.care.models import Delivery, Message, Rating, Resolution
from goodword.care.record_cause import record_cause
from goodword.insight.measures import MEASURES
from goodword.insight.scorecard import read_line, read_scorecard, targets_of
from goodword.insight.weeks import WEEKS, Tally, together
from goodword.learn.improve import put_in_place
from goodword.learn.judge import judge_due
from goodword.learn.models import Target
from goodword.learn.set_target import BadTarget, set_target
from goodword.listen.models import Gap
from tests.care.test_record_cause import cause
from tests.care.world import World, at
from tests.learn.world import START, Learning

DAY = 24 * 60  # minutes
NOW = at(56 * DAY)
BY_KEY = {measure.key: measure for measure in MEASURES}


def line(world: World, key: str):
    return read_line(world.workspace, BY_KEY[key], targets=targets_of(world.workspace), now=NOW)


def short_cases(world: World, key: str) -> set[int]:
    behind = BY_KEY[key].behind
    assert behind is not None
    return {case.pk for case in behind(world.workspace, NOW - timedelta(days=28), NOW)}


def answered(world: World, *, day: float, after: float | None, **fields: object):
    case = world.case(when=day * DAY, **fields)
    episode = case.episodes.get()
    episode.first_response_at = at(day * DAY + after) if after is not None else None
    episode.save()
    return case


def test_without_anything_nothing_falls_short(world: World) -> None:
    card = read_scorecard(world.workspace, now=NOW)
    assert card.short == []
    assert [len(each.lines) for each in card.cards] == [2, 2, 2, 4, 3]
    assert {each.says for card in card.cards for each in card.lines} == {"–", "0 h"}


def test_a_share_counts_the_last_weeks_and_opens_the_cases_that_fall_short(world: World) -> None:
    answered(world, day=50, after=30)
    late = answered(world, day=51, after=61)
    never = answered(world, day=40, after=None)
    answered(world, day=3, after=None)  # in the trend, but not in the figure
    found = line(world, "first-hour")
    assert (found.figure, found.says) == (Tally(1, 3), "33 %")
    assert [each.whole for each in found.weeks] == [1, 0, 0, 0, 0, 1, 0, 2]
    assert short_cases(world, "first-hour") == {late.pk, never.pk}


def test_who_may_still_be_answered_in_time_does_not_count_yet(world: World) -> None:
    answered(world, day=56 - 30 / DAY, after=None)
    assert line(world, "first-hour").value is None


def test_only_the_riskiest_count_as_such(world: World) -> None:
    answered(world, day=50, after=90, risk=59)
    risky = answered(world, day=50, after=90, risk=60)
    assert short_cases(world, "riskiest") == {risky.pk}


def test_replies_on_their_way_are_neither_sent_nor_failed(world: World) -> None:
    ana, case = world.agent(), world.case()
    for delivery in (Delivery.SENT, Delivery.READ, Delivery.FAILED, Delivery.QUEUED, Delivery.UNDONE):
        reply = world.reply(case, ana, delivery=delivery, when=50 * DAY)
        Message.objects.filter(pk=reply.pk).update(idempotency_key=f"key-{delivery}")
    settled = Message.objects.filter(delivery=Delivery.SENT)
    settled.update(mention=case.opening_mention)  # as one that the network took has
    assert line(world, "arrived").figure == Tally(2, 3)
    assert short_cases(world, "arrived") == {case.pk}


def test_the_customers_word_and_ratings_from_ten_on(world: World) -> None:
    for number in range(10):
        case = world.case(when=49 * DAY)
        episode = case.episodes.get()
        episode.resolution = Resolution.DISPUTED if number == 0 else Resolution.CONFIRMED
        episode.decided_at = at(50 * DAY)
        episode.save()
        before = line(world, "satisfied").value
        Rating.objects.create(
            workspace=world.workspace,
            episode=episode,
            solved=5 if number < 6 else 3,
            way=Rating.Way.LINK,
            at=at(50 * DAY),
        )
    assert line(world, "confirmed").figure == Tally(9, 10)
    assert before is None
    assert line(world, "satisfied").value == 0.6
    assert len(short_cases(world, "satisfied")) == 4


def test_why_and_hours_not_heard(world: World) -> None:
    known, unknown = (world.case(when=45 * DAY, state="resolved", resolved_at=at(50 * DAY)) for _ in range(2))
    record_cause(case=known, by=None, cause=cause(world), now=at(50 * DAY))
    assert line(world, "explained").value == 0.5
    assert short_cases(world, "explained") == {unknown.pk}
    Gap.objects.create(
        workspace=world.workspace, source=world.source, since=at(50 * DAY), until=at(50 * DAY + 180), reason="x"
    )
    assert line(world, "unheard").value == 3


def test_what_falls_short_stands_first_the_farthest_first(world: World) -> None:
    answered(world, day=50, after=90, risk=80, state="resolved", resolved_at=at(51 * DAY))
    card = read_scorecard(world.workspace, now=NOW)
    assert [each.shortfall for each in card.short] == sorted((each.shortfall for each in card.short), reverse=True)
    assert {"first-hour", "riskiest", "explained"} <= {each.measure.key for each in card.short}
    assert max(each.shortfall for each in card.cards[0].lines) == card.short[0].shortfall


def test_a_target_is_the_workspaces_own(world: World) -> None:
    answered(world, day=50, after=30)
    answered(world, day=50, after=90)
    assert line(world, "first-hour").shortfall > 0
    set_target(workspace=world.workspace, measure="first-hour", value=0.5, in_hours=False, by=None, now=NOW)
    set_target(workspace=World("other").workspace, measure="first-hour", value=1, in_hours=False, by=None, now=NOW)
    assert line(world, "first-hour").shortfall == 0


@pytest.mark.parametrize(("value", "in_hours"), [(-0.1, False), (1.1, False), (673, True)])
def test_a_target_that_can_not_be_reached_is_refused(world: World, value: float, in_hours: bool) -> None:
    with pytest.raises(BadTarget):
        set_target(workspace=world.workspace, measure="kept", value=value, in_hours=in_hours, by=None, now=NOW)


def test_the_figure_is_of_the_last_weeks_together() -> None:
    weeks = [Tally(0, 100)] * (WEEKS - 4) + [Tally(1, 2), Tally(0, 0), Tally(3, 4), Tally(1, 1)]
    assert together(weeks) == Tally(5, 7)


def test_every_figure_opens_what_is_behind_it(world: World, lead: Client) -> None:
    assert lead.get("/w/harbour/scorecard/").status_code == 200
    for measure in MEASURES:
        page = lead.get(f"/w/harbour/scorecard/measure/?measure={measure.key}")
        assert page.status_code == 200
        assert (page.context["cases"] is None) == (measure.behind is None)
    assert lead.get("/w/harbour/scorecard/measure/?measure=nonsense").status_code == 404


@pytest.mark.parametrize(("given", "status"), [("70", 303), ("70.5", 303), ("1e9", 422), ("101", 422), ("", 422)])
def test_leads_set_targets(world: World, lead: Client, given: str, status: int) -> None:
    assert lead.post("/w/harbour/scorecard/target/?measure=kept", {"value": given}).status_code == status
    assert Target.objects.exists() == (status == 303)


def test_what_did_not_help_opens_the_complaints_since(world: World) -> None:
    learning = Learning(world)
    before, since = learning.complaints(1, day=-2), learning.complaints(3, day=2)
    learning.chatter(50, day=-3)
    learning.chatter(50, day=3)
    start = at(START)
    put_in_place(improvement=learning.improvement, at=start, by=None, now=start)
    judged = start + timedelta(days=28)
    assert judge_due(now=judged) == 1
    behind = BY_KEY["fixed"].behind
    assert behind is not None
    shown = {case.pk for case in behind(world.workspace, judged - timedelta(days=28), judged + timedelta(hours=1))}
    assert shown == {case.pk for case in since}
    assert before[0].pk not in shown
    assert not behind(world.workspace, judged - timedelta(days=28), judged).exists()  # not judged yet
