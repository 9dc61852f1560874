"""The reports' one question against the same numbers counted by hand, row by row, on random cases."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from goodword.care.measures import Coverage, Spread, spread
from goodword.care.models import Case, Delivery, Episode, Message, Resolution, State
from goodword.care.reports import Scope, coverage_report, satisfaction_report
from goodword.care.speed import SpeedReport, speed_reports
from goodword.connectors.contract import Purpose
from goodword.listen.models import Disposition, Mention
from tests.care.world import World, at

DAY = 24 * 60
CHANNELS = ("recorded", "email", "phone")


@pytest.fixture(params=range(4))
def world(request: pytest.FixtureRequest, db: None) -> World:
    """Forty cases with whatever can happen to them, over five weeks."""
    chance, world = random.Random(request.param), World()
    ana = world.agent("Ana")
    teams = [None, world.team("Billing"), world.team("Orders")]
    sources = [world.source, world.new_source("mail", "email"), world.new_source("calls", "phone")]
    cases: list[Case] = []
    for number in range(40):
        began = chance.uniform(-5 * DAY, 30 * DAY)
        case = world.case(f"Case {number}", when=began, source=chance.choice(sources), team=chance.choice(teams))
        _episodes(case, began, chance)
        for _ in range(chance.randrange(4)):
            began += chance.uniform(1, 2 * DAY)
            if chance.random() < 0.5:
                said = world.inbound(case, when=began).mention
                assert said is not None
                Mention.objects.filter(pk=said.pk).update(disposition=chance.choice(["case", "no_reply_needed"]))
            else:
                delivery = chance.choice([Delivery.SENT, Delivery.READ, Delivery.FAILED, Delivery.QUEUED])
                world.reply(case, ana, when=began, delivery=delivery, automatic=chance.random() < 0.3)
        if case.messages.filter(kind="reply").exists() and chance.random() < 0.5:
            last = case.messages.filter(kind="reply").latest("pk")
            Message.objects.filter(pk=last.pk).update(purpose=Purpose.RESOLUTION)
        merged_into = chance.choice(cases) if cases and chance.random() < 0.15 else None
        Case.objects.filter(pk=case.pk).update(state=chance.choice(State.values), merged_into=merged_into)
        cases.append(case)
    return world


def _episodes(case: Case, began: float, chance: random.Random) -> None:
    """The one there is, and perhaps more; the last may still go on."""
    Episode.objects.filter(case=case).delete()
    count = chance.choice([1, 1, 2, 3])
    for number in range(1, count + 1):
        responded, ended = began + chance.uniform(1, DAY), began + chance.uniform(1, 6 * DAY)
        goes_on = number == count and chance.random() < 0.4
        Episode.objects.create(
            workspace=case.workspace,
            case=case,
            number=number,
            opened_at=at(began),
            first_response_at=at(responded) if chance.random() < 0.7 else None,
            resolved_at=None if goes_on else at(ended),
            resolution="" if goes_on else chance.choice(["", *Resolution.values]),
            waited_seconds=0 if goes_on else chance.choice([0, 600, 10**6]),
        )
        began = ended
    Message.objects.filter(case=case).update(episode=case.episodes.latest("number"))


def whole(world: World) -> Scope:
    return Scope(workspace=world.workspace, since=at(0), until=at(25 * DAY))


def episodes_of(scope: Scope) -> list[Episode]:
    found = Episode.objects.of(scope.workspace).select_related("case").order_by("pk")
    return [
        one
        for one in found
        if (one.case.merged_into_id is None or one.resolved_at is not None)
        and (not scope.channel or one.case.channel == scope.channel)
        and (scope.team_id is None or one.case.team_id == scope.team_id)
    ]


def worked(episodes: Sequence[Episode]) -> float:
    return sum(
        max(0.0, (one.resolved_at - one.opened_at).total_seconds() - one.waited_seconds)
        for one in episodes
        if one.resolved_at is not None
    )


def by_hand(scope: Scope) -> SpeedReport:
    episodes = episodes_of(scope)
    begun = [one for one in episodes if scope.since <= one.opened_at < scope.until]
    ended = [one for one in episodes if one.resolved_at and scope.since <= one.resolved_at < scope.until]
    last = [one for one in ended if not Episode.objects.filter(case=one.case_id, number__gt=one.number).exists()]
    finally_ended = {one.case_id for one in last if one.case.state == State.RESOLVED}
    return SpeedReport(
        first_response=spread(
            (one.first_response_at - one.opened_at).total_seconds() for one in begun if one.first_response_at
        ),
        unanswered=sum(
            one.first_response_at is None and one.case.state in (State.OPEN, State.SNOOZED) for one in begun
        ),
        first_resolution=spread(worked([one]) for one in ended if one.number == 1),
        final_resolution=spread(
            worked([one for one in episodes if one.case_id == case_id]) for case_id in finally_ended
        ),
    )


def close(one: SpeedReport, other: SpeedReport) -> bool:
    def numbers(spread: Spread) -> list[float | None]:
        return [spread.count, spread.median, spread.p90]

    def flat(report: SpeedReport) -> list[float | None]:
        three = (report.first_response, report.first_resolution, report.final_resolution)
        return [report.unanswered, *(number for each in three for number in numbers(each))]

    return flat(one) == pytest.approx(flat(other))


def test_speed_is_what_counting_row_by_row_finds(world: World) -> None:
    scope = whole(world)
    reports = speed_reports(scope)
    assert reports.whole.first_response.count > 5
    assert reports.whole.final_resolution.count > 0
    assert close(reports.whole, by_hand(scope))
    assert [begin for begin, _report in reports.weeks] == [at(7 * DAY * week) for week in range(4)]
    for begin, report in reports.weeks:
        week = replace(scope, since=begin, until=min(begin + timedelta(days=7), scope.until))
        assert close(report, by_hand(week)), begin
    for channel in CHANNELS:
        assert close(reports.channel(channel), by_hand(replace(scope, channel=channel))), channel
        assert close(speed_reports(replace(scope, channel=channel)).whole, by_hand(replace(scope, channel=channel)))
    for team in {case.team_id for case in Case.objects.all() if case.team_id}:
        assert close(reports.team(team), by_hand(replace(scope, team_id=team))), team
        assert close(speed_reports(replace(scope, team_id=team)).whole, by_hand(replace(scope, team_id=team)))


def test_coverage_is_what_counting_row_by_row_finds(world: World) -> None:
    scope = whole(world)
    needed = 0
    waiting: dict[int, list[datetime]] = {}
    for case in Case.objects.of(world.workspace):
        replies = [
            one.at
            for one in case.messages.filter(kind="reply", automatic=False)
            if one.delivery in ("sent", "delivered", "read") and one.at >= scope.since
        ]
        for said in case.messages.filter(kind="inbound").select_related("mention", "episode").order_by("at"):
            assert said.mention is not None
            if said.mention.disposition == Disposition.CASE and scope.since <= said.at < scope.until:
                needed += 1
                found_solved = said.episode.resolution == Resolution.CONFIRMED
                if not replies or (max(replies) < said.at and not found_solved):
                    waiting.setdefault(case.number, []).append(said.at)
    report = coverage_report(scope)
    unanswered = sum(len(times) for times in waiting.values())
    assert report.coverage == Coverage(needed - unanswered, needed)
    longest = sorted((times[0], number) for number, times in waiting.items())
    assert [(who.since, who.case_number) for who in report.ignored] == longest


def test_who_was_asked_is_what_counting_row_by_row_finds(world: World) -> None:
    scope = whole(world)
    asked = 0
    for one in episodes_of(scope):
        if not one.resolution or one.resolved_at is None or not scope.since <= one.resolved_at < scope.until:
            continue
        closing = Message.objects.filter(
            episode=one, purpose=Purpose.RESOLUTION, delivery__in=["sent", "delivered", "read"]
        )
        asked += one.resolution != Resolution.PROPOSED or closing.exists()
    assert satisfaction_report(scope).solved.asked == asked
