"""The first report's numbers, from rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from goodword.care.decide import confirm_resolution, dispute_resolution
from goodword.care.measures import Coverage
from goodword.care.models import Case, Delivery, Episode, Resolution, State
from goodword.care.rate import rate_resolution
from goodword.care.reports import Scope, coverage_report, satisfaction_report
from goodword.care.resolve import resolve_case
from goodword.care.speed import speed_reports
from goodword.connectors.contract import Purpose
from goodword.kernel.clock import current_time
from goodword.listen.models import Disposition, Gap, Mention
from goodword.staff.models import Agent
from tests.care.world import World, at, current_episode

HOUR = 60
DAY = 24 * HOUR


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


def scope(world: World, since: float = 0, until: float = DAY, **more: object) -> Scope:
    return Scope(workspace=world.workspace, since=at(since), until=at(until), **more)  # type: ignore[arg-type]


def rated(world: World, by: Agent, solved: int | None, person: int | None, *, when: float = 10) -> Case:
    case = world.case()
    episode = resolve_case(case=case, by=by, ask=False, now=at(when))
    Episode.objects.filter(pk=episode.pk).update(resolution=Resolution.PROPOSED)
    world.reply(case, by, "Is it solved?", when=when)
    case.messages.filter(kind="reply").update(purpose=Purpose.RESOLUTION)
    Case.objects.filter(pk=case.pk).update(state=State.RESOLVED, resolved_at=at(when))
    if solved or person:
        rate_resolution(episode=episode, solved=solved, person=person, way="link", now=at(when + 1))
    return case


def test_satisfaction_with_the_resolution_and_with_the_person_are_apart(world: World, ana: Agent) -> None:
    for number in range(12):
        rated(world, ana, solved=5 if number < 9 else 1, person=4 if number < 3 else None)
    for _silent in range(3):
        rated(world, ana, None, None)
    rated(world, ana, 1, 1, when=2 * DAY)
    rated(World(slug="elsewhere"), ana, 1, 1)
    report = satisfaction_report(scope(world))
    assert (report.solved.share, report.solved.answers, report.solved.response_rate) == (0.75, 12, 0.8)
    assert report.solved.interval is not None
    assert (report.person.share, report.person.satisfied, report.person.answers) == (None, 3, 3)


def test_first_response_is_the_first_visible_human_reply_of_episodes_that_began(world: World, ana: Agent) -> None:
    for minutes in (10, 20, 60):
        Episode.objects.filter(case=world.case()).update(first_response_at=at(minutes))
    world.case()
    late = world.case(when=2 * DAY)
    Episode.objects.filter(case=late).update(first_response_at=at(3 * DAY))
    report = speed_reports(scope(world)).whole
    assert (report.first_response.count, report.first_response.median, report.unanswered) == (3, 20 * 60, 1)
    assert report.first_response.p90 == pytest.approx(52 * 60)


def test_resolution_times_leave_out_what_we_waited_and_tell_first_from_final(world: World, ana: Agent) -> None:
    case = world.case(when=0)
    world.reply(case, ana, when=10)
    world.inbound(case, when=40)
    first = resolve_case(case=case, by=ana, ask=False, now=at(60))
    dispute_resolution(episode=first, now=at(100))
    world.inbound(case, when=100)
    resolve_case(case=case, by=ana, ask=False, now=at(115))
    report = speed_reports(scope(world)).whole
    assert (report.first_resolution.count, report.first_resolution.median) == (1, 30 * 60)
    assert (report.final_resolution.count, report.final_resolution.median) == (1, 45 * 60)
    earlier = speed_reports(scope(world, until=90)).whole
    assert (earlier.first_resolution.count, earlier.final_resolution.count) == (1, 0)


def test_coverage_counts_what_needed_an_answer_and_names_the_ignored(world: World, ana: Agent) -> None:
    answered, ignored, half = world.case(when=1), world.case(when=2), world.case(when=3)
    world.reply(answered, ana, when=10)
    world.reply(half, ana, when=11)
    world.inbound(half, "And now?", when=12)
    robot, failed = world.case(when=4), world.case(when=5)
    world.reply(robot, ana, when=6, automatic=True)
    world.reply(failed, ana, when=7, delivery=Delivery.FAILED)
    thanks = world.inbound(answered, "Thanks", when=20).mention
    assert thanks is not None
    Mention.objects.filter(pk=thanks.pk).update(disposition=Disposition.NO_REPLY_NEEDED)
    report = coverage_report(scope(world))
    assert report.coverage == Coverage(answered=2, needed=6)
    assert [(who.case_number, who.since) for who in report.ignored] == [
        (ignored.number, at(2)),
        (robot.number, at(4)),
        (failed.number, at(5)),
        (half.number, at(12)),
    ]
    assert (report.ignored[0].name, report.ignored_more) == (str(ignored.identity), 0)


def test_what_was_added_to_an_answer_and_then_found_solved_waits_for_nothing(world: World, ana: Agent) -> None:
    solved, silent = world.case(when=1), world.case(when=2)
    world.reply(solved, ana, when=10)
    world.inbound(solved, "That was it. What a good shop you are.", when=20)
    episodes = [resolve_case(case=case, by=ana, ask=False, now=at(30)) for case in (solved, silent)]
    assert coverage_report(scope(world)).coverage == Coverage(answered=1, needed=3)
    for episode in episodes:
        confirm_resolution(episode=episode, now=at(40))
    report = coverage_report(scope(world))
    assert (report.coverage, report.ignored[0].case_number) == (Coverage(answered=2, needed=3), silent.number)


def test_hours_without_ears_stand_beside_it(world: World) -> None:
    second = world.new_source("second", "email")
    for source, since, until, filled in (
        (world.source, -60, 60, None),
        (world.source, 30 * HOUR, 40 * HOUR, None),
        (world.source, 120, 180, at(300)),
        (second, 23 * HOUR, None, None),
    ):
        Gap.objects.create(
            workspace=world.workspace,
            source=source,
            since=at(since),
            until=None if until is None else at(until),
            reason="away",
            filled_at=filled,
        )
    assert coverage_report(scope(world)).gap_hours == 2
    assert coverage_report(scope(world, channel="email")).gap_hours == 1


def test_a_gap_that_is_open_is_counted_until_now(world: World) -> None:
    now = current_time()
    Gap.objects.create(workspace=world.workspace, source=world.source, since=now - timedelta(minutes=30), reason="away")
    today = Scope(workspace=world.workspace, since=now - timedelta(days=1), until=now + timedelta(hours=20))
    assert coverage_report(today).gap_hours == pytest.approx(0.5, abs=0.1)


def test_a_report_of_one_channel_team_or_week_is_of_these_alone(world: World, ana: Agent) -> None:
    team, mail = world.team(), world.new_source("mail", "email")
    world.case(team=team)
    world.case(source=mail)
    world.case(source=mail, when=8 * DAY)
    whole = scope(world, until=10 * DAY)
    parts = speed_reports(whole)
    assert {name: part.unanswered for name, part in parts.channels.items()} == {"email": 2, "recorded": 1}
    assert {pk: part.unanswered for pk, part in parts.teams.items()} == {team.pk: 1}
    assert [(begin, part.unanswered) for begin, part in parts.weeks] == [(at(0), 2), (at(7 * DAY), 1)]
    assert parts.channel("phone").unanswered == 0
    needed = [coverage_report(replace(whole, channel=name)).coverage.needed for name in ("email", "recorded")]
    assert needed == [2, 1]


def test_a_confirmed_resolution_counts_as_asked(world: World, ana: Agent) -> None:
    case = world.case()
    resolve_case(case=case, by=ana, ask=False, now=at(10))
    confirm_resolution(episode=current_episode(case), now=at(20))
    assert satisfaction_report(scope(world)).solved.asked == 1
