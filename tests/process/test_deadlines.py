"""Clocks in the tables: begun, paused, met, missed; warnings and escalation; and what doesn't start one."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction

from goodword.care.decide import dispute_resolution
from goodword.care.merge import merge_cases
from goodword.care.models import Case, Episode, Message, Priority
from goodword.care.models.case import is_overdue
from goodword.care.prioritise import set_priority
from goodword.care.resolve import resolve_case
from goodword.listen.models import Disposition
from goodword.process.clock import look_at_clocks, look_at_clocks_of
from goodword.process.mailing import mail_agent, send_later
from goodword.process.models import Clock, Policy
from goodword.process.policies import (
    BadPolicy,
    WrittenPolicy,
    WrittenRung,
    delete_policy,
    move_policy,
    save_policy,
    switch_policy,
)
from goodword.process.reactions import follow_cases
from goodword.process.reckon import reckon_all, reckon_clocks, tick
from goodword.process.rules.condition import Condition
from goodword.staff.calendars import save_calendar
from goodword.staff.models import Calendar, Notice, Role, WebhookDelivery
from goodword.staff.webhooks import save_webhook
from tests.care.world import World, at, current_episode, fresh

pytestmark = pytest.mark.django_db

LADDER = (
    WrittenRung(length="30 min", before=True, whom="assignee"),
    WrittenRung(length="0", before=False, whom="leads", by_mail=True),
)


def policy(world: World, *, on: bool = True, **written: Any) -> Policy:
    fields: dict[str, Any] = {"name": "All", "first": "2 h", "next": "4 h", "resolution": "16 h", "ladder": LADDER}
    kept = save_policy(workspace=world.workspace, written=WrittenPolicy(**fields | written), by=None, now=at(-100))
    return switch_policy(policy=kept, on=on, by=None, now=at(-100)) if on else kept


def reckon(case: Case, minute: float) -> None:
    reckon_clocks(workspace_id=case.workspace_id, case_ids=[case.pk], now=at(minute))


def clocks(case: Case) -> dict[str, tuple[str, datetime | None]]:
    """Outcome and due time by what is timed, the latest of each."""
    return {
        clock.timed: (clock.outcome, clock.due_at) for clock in Clock.objects.filter(case=case).order_by("started_at")
    }


def test_a_case_gets_its_clocks_and_shows_what_falls_due_next(world: World) -> None:
    policy(world)
    case = world.case()
    reckon(case, 1)
    assert clocks(case) == {"first": ("", at(120)), "resolution": ("", at(2 * 1440))}  # 5 h, 8 h, 3 h
    assert fresh(case).next_due_at == at(120)


def test_a_rung_may_tell_webhooks_once_and_without_the_customers_words(world: World) -> None:
    save_webhook(
        workspace=world.workspace, name="Pager", url="https://example.com/", about=["deadlines"], by=None, now=at(-100)
    )
    rungs = [
        WrittenRung(length="30 min", before=True, whom="leads"),
        WrittenRung(length="0", before=False, whom="leads", by_webhook=True),
    ]
    policy(world, ladder=rungs, resolution="", next="")
    case = world.case("My secret parcel never came")
    for minute in (1, 95, 121, 122):
        reckon(case, minute)
    delivery = WebhookDelivery.objects.get()
    assert (delivery.kind, "secret" in delivery.body) == ("deadline.missed", False)
    told = json.loads(delivery.body)["data"]
    assert told["case"] == case.number
    assert told["url"].endswith(f"/w/harbour/cases/{case.number}/")
    assert datetime.fromisoformat(told["due"]) == at(120)


def test_an_answer_in_time_meets_its_clock_and_pauses_the_resolution(world: World) -> None:
    policy(world)
    ana = world.agent("Ana")
    case = world.case()
    reckon(case, 1)
    world.reply(case, ana, when=60)
    reckon(case, 61)
    assert clocks(case) == {"first": ("met", None), "resolution": ("", None)}
    assert fresh(case).next_due_at is None
    world.inbound(case, when=100)
    reckon(case, 101)
    assert clocks(case)["next"] == ("", at(1440 - 180 + 40))  # 200 minutes on Monday, 40 on Tuesday from 9 on
    resolve_case(case=case, by=ana, ask=False, words="", idempotency_key="resolve-this", now=at(130))
    reckon(case, 131)
    assert clocks(case) == {"first": ("met", None), "next": ("dropped", None), "resolution": ("met", None)}


def test_thanks_bye_starts_no_clock(world: World) -> None:
    policy(world)
    ana = world.agent("Ana")
    case = world.case()
    world.reply(case, ana, when=60)
    bye = world.inbound(case, "Thanks, bye", when=90)
    assert bye.mention is not None
    bye.mention.disposition = Disposition.NO_REPLY_NEEDED
    bye.mention.save()
    reckon(case, 91)
    assert "next" not in clocks(case)


def test_an_automatic_reply_or_one_in_the_outbox_is_no_answer(world: World) -> None:
    policy(world)
    ana = world.agent("Ana")
    case = world.case()
    world.reply(case, ana, when=5, automatic=True)
    Message.objects.filter(pk=world.reply(case, ana, when=6).pk).update(delivery="queued")
    reckon(case, 10)
    assert clocks(case)["first"] == ("", at(120))


def test_warned_before_and_escalated_after_once_each(world: World) -> None:
    policy(world)
    ana, lea = world.agent("Ana"), world.agent("Lea", Role.LEAD)
    case = world.case(assignee=ana)
    reckon(case, 1)
    assert [tick(workspace_id=world.workspace.pk, now=at(minute)) for minute in (60, 89, 90, 90.1, 119)] == [
        0,
        0,
        1,
        0,
        0,
    ]
    assert list(Notice.objects.values_list("agent", "kind", "at")) == [(ana.pk, "due", at(90))]
    assert tick(workspace_id=world.workspace.pk, now=at(120)) == 1
    assert tick(workspace_id=world.workspace.pk, now=at(121)) == 1  # a moment later it is late
    assert tick(workspace_id=world.workspace.pk, now=at(122)) == 0
    told = Notice.objects.filter(agent=lea).get()
    assert (told.kind, told.at) == ("due", at(120))
    assert world.facts(case) == ["DeadlineTold", "DeadlineTold", "DeadlineMissed"]
    assert is_overdue(fresh(case).next_due_at, at(121))
    world.reply(case, ana, when=130)
    reckon(case, 131)
    first = Clock.objects.get(case=case, timed="first")
    assert (first.outcome, first.breached_at) == ("missed", at(120))
    assert [what for what, _when in first.events] == ["activate", "breach", "fulfil"]


def test_the_fault_of_one_workspace_holds_up_no_other(world: World) -> None:
    other = World("other")
    for each in (world, other):
        policy(each)
        reckon(each.case(), 1)
    Policy.objects.of(world.workspace).update(ladder=[{"minutes": "soon"}])  # as no verb would write it
    look_at_clocks.func(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [look_at_clocks_of.name])
        jobs = [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]
    assert sorted(job["workspace_id"] for job in jobs) == sorted([world.workspace.pk, other.workspace.pk])
    with pytest.raises(KeyError), transaction.atomic():
        look_at_clocks_of.func(workspace_id=world.workspace.pk)
    look_at_clocks_of.func(workspace_id=other.workspace.pk)
    assert set(Clock.objects.exclude(breached_at=None).values_list("workspace", flat=True)) == {other.workspace.pk}


def test_nobody_is_warned_of_what_was_answered_though_nobody_noted_it(world: World) -> None:
    policy(world)
    ana = world.agent("Ana")
    case = world.case(assignee=ana)
    reckon(case, 1)
    world.reply(case, ana, when=60)  # and the reaction to it is still to come
    tick(workspace_id=world.workspace.pk, now=at(100))
    assert not Notice.objects.exists()
    assert clocks(case)["first"] == ("met", None)


def test_mail_holds_a_line_and_a_link(world: World, settings: Any) -> None:
    lea = world.agent("Lea", Role.LEAD)
    subject = "First answer of case 1 was due"
    mail_agent.func(agent_id=lea.pk, subject=subject, workspace="harbour", case_number=1)
    assert [(each.to, each.subject) for each in mail.outbox] == [([lea.email], subject)]
    assert mail.outbox[0].body.endswith("/w/harbour/cases/1/\n")


def test_each_has_a_job_so_that_a_refused_address_repeats_nobody_elses_mail(world: World) -> None:
    agents = [world.agent("Lea", Role.LEAD).pk, world.agent("Ana").pk]
    send_later(agent_ids=agents, subject="Late", workspace="harbour", case_number=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'agent_id' FROM procrastinate_jobs WHERE task_name = %s", [mail_agent.name])
        assert sorted(int(row[0]) for row in cursor.fetchall()) == sorted(agents)


def test_what_began_before_the_policy_was_promised_nothing(world: World) -> None:
    case = world.case(when=-200)
    policy(world)
    reckon(case, 1)
    assert clocks(case) == {}
    later = world.case(when=5)
    switched_off = Policy.objects.get()
    switch_policy(policy=switched_off, on=False, by=None, now=at(6))
    reckon(later, 7)
    assert clocks(later) == {}


def test_the_first_policy_that_is_for_a_case_counts(world: World) -> None:
    everything = policy(world)
    urgent = policy(world, name="Urgent", first="30 min", condition=Condition(priorities=(4,)))
    case = world.case()
    reckon(case, 1)
    set_priority(case=case, by=None, priority=Priority.URGENT, now=at(2))
    reckon(case, 3)
    assert clocks(case)["first"] == ("", at(120))
    move_policy(policy=urgent, up=True, by=None, now=at(4))
    reckon_all(workspace_id=world.workspace.pk, now=at(5))
    assert clocks(case)["first"] == ("", at(30))
    delete_policy(policy=urgent, by=None, now=at(6))
    reckon_all(workspace_id=world.workspace.pk, now=at(7))
    assert clocks(case)["first"] == ("", at(120))
    switch_policy(policy=everything, on=False, by=None, now=at(8))
    reckon_all(workspace_id=world.workspace.pk, now=at(9))
    assert clocks(case)["first"] == ("dropped", None)
    assert fresh(case).next_due_at is None


def test_what_was_dropped_stays_so_whatever_is_said_until_a_new_round(world: World) -> None:
    kept = policy(world)
    ana = world.agent("Ana")
    case = world.case()
    reckon(case, 1)
    switch_policy(policy=kept, on=False, by=None, now=at(2))
    reckon(case, 3)
    dropped = list(Clock.objects.filter(case=case).order_by("pk").values("outcome", "ended_at", "due_at", "events"))
    world.inbound(case, when=4)
    reckon(case, 5)
    switch_policy(policy=kept, on=True, by=None, now=at(6))
    reckon(case, 7)
    assert fresh(case).next_due_at is None
    world.reply(case, ana, when=200)  # later than was promised once
    reckon(case, 201)
    assert list(Clock.objects.filter(case=case).order_by("pk").values(*dropped[0])) == dropped
    assert [each["outcome"] for each in dropped] == ["dropped", "dropped"]
    resolve_case(case=case, by=ana, ask=False, words="", idempotency_key="resolve-this", now=at(210))
    dispute_resolution(episode=current_episode(case), words="It is not", now=at(220))
    reckon(case, 221)
    assert clocks(case)["first"] == ("", at(1440 - 180 + 40))  # 80 minutes on Monday, 40 on Tuesday from 9 on


def test_what_is_open_again_after_its_policy_went_is_dropped_at_once(world: World) -> None:
    policy(world, name="Others", condition=Condition(priorities=(Priority.URGENT,)))
    kept = policy(world, first="", next="", resolution="4 h")
    ana = world.agent("Ana")
    case = world.case()
    resolve_case(case=case, by=ana, ask=False, words="", idempotency_key="resolve-this", now=at(30))
    reckon(case, 31)
    assert clocks(case)["resolution"] == ("met", None)
    switch_policy(policy=kept, on=False, by=None, now=at(32))
    Episode.objects.filter(case=case).update(resolved_at=None)  # as taking back the resolution does
    reckon(case, 34)
    assert clocks(case)["resolution"] == ("dropped", None)


def test_a_case_that_a_policy_is_for_again_is_timed_from_where_it_began(world: World) -> None:
    policy(world, condition=Condition(priorities=(Priority.URGENT,)), next="", resolution="")
    ana = world.agent("Ana")
    case = world.case()
    for minute, priority in ((1, Priority.URGENT), (3, Priority.LOW), (5, Priority.URGENT)):
        set_priority(case=fresh(case), by=ana, priority=priority, now=at(minute))
        reckon(case, minute + 1)
        due = ("dropped", None) if priority == Priority.LOW else ("", at(120))
        assert clocks(case)["first"] == due


def test_what_is_over_is_not_judged_anew(world: World) -> None:
    kept = policy(world)
    ana = world.agent("Ana")
    case = world.case()
    world.reply(case, ana, when=100)
    reckon(case, 101)
    save_policy(
        workspace=world.workspace, policy=kept, written=WrittenPolicy(name="All", first="1 h"), by=None, now=at(102)
    )
    reckon(case, 103)
    assert clocks(case)["first"] == ("met", None)


def test_other_hours_let_it_fall_due_at_another_time(world: World) -> None:
    policy(world, first="6 h")
    case = world.case()
    reckon(case, 1)
    assert clocks(case)["first"] == ("", at(21 * 60 + 60))
    calendar = Calendar.objects.get()
    save_calendar(
        workspace=world.workspace, calendar=calendar, name="Ours", zone="UTC", week=["00:00-24:00"] * 7,
        special_days="", by=None, now=at(2),
    )  # fmt: skip
    reckon_all(workspace_id=world.workspace.pk, now=at(3))
    assert clocks(case)["first"] == ("", at(360))


def test_by_the_wall_the_night_counts(world: World) -> None:
    policy(world, first="2 d", next="", resolution="", in_business_time=False)
    case = world.case()
    reckon(case, 1)
    assert clocks(case) == {"first": ("", at(2880))}


def test_a_dispute_begins_a_new_round_of_clocks(world: World) -> None:
    policy(world)
    ana = world.agent("Ana")
    case = world.case()
    resolve_case(case=case, by=ana, ask=False, words="", idempotency_key="resolve-this", now=at(30))
    dispute_resolution(episode=current_episode(case), words="It is not", now=at(60))
    reckon(case, 61)
    found = (
        Clock.objects.filter(case=case, timed="first").order_by("episode").values_list("episode", "outcome", "due_at")
    )
    assert list(found) == [(1, "dropped", None), (2, "", at(180))]


def test_a_case_that_was_merged_away_has_nothing_due(world: World) -> None:
    policy(world)
    case = world.case()
    other = world.case(when=5, identity=case.identity)
    reckon(case, 6)
    merge_cases(origin=case, target=other, by=world.agent("Ana"), now=at(7))
    follow_cases(workspace_id=world.workspace.pk, facts=[{"case_id": other.pk, "origin_id": case.pk}])
    assert {outcome for outcome, _due in clocks(case).values()} == {"dropped"}
    assert fresh(case).next_due_at is None
    assert fresh(other).next_due_at is not None


def test_without_a_policy_nothing_is_asked_of_the_cases(world: World, django_assert_max_num_queries: Any) -> None:
    case = world.case()
    with django_assert_max_num_queries(2):
        reckon(case, 1)


def test_a_hundred_cases_take_no_more_queries_than_one(world: World, django_assert_max_num_queries: Any) -> None:
    policy(world)
    cases = [world.case(when=minute) for minute in range(40)]
    with django_assert_max_num_queries(15):
        reckon_clocks(workspace_id=world.workspace.pk, case_ids=[case.pk for case in cases], now=at(41))
    assert Clock.objects.count() == 80


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Taken"}, "name"),
        ({"first": "", "next": "", "resolution": ""}, "first"),
        ({"first": "soon"}, "first"),
        ({"resolution": "2 d"}, "resolution"),
        ({"condition": Condition(teams=(999_999,))}, "team"),
        ({"condition": Condition(labels=(999_999,))}, "label"),
        ({"condition": Condition(priorities=(9,))}, "priority"),
        ({"condition": Condition(min_risk=101)}, "min_risk"),
        ({"ladder": (WrittenRung(length="x", before=True, whom="leads"),)}, "rung-0"),
        ({"ladder": (WrittenRung(length="5 min", before=True, whom="999999"),)}, "rung-0"),
        ({"ladder": (WrittenRung(length="5 min", before=True, whom="leads"),) * 9}, "ladder"),
    ],
)
def test_what_is_no_policy_is_refused_and_nothing_of_it_kept(world: World, written: dict[str, Any], field: str) -> None:
    policy(world, name="Taken")
    kept = policy(world, name="Kept", on=False)
    with pytest.raises(BadPolicy) as refused:
        save_policy(
            workspace=world.workspace,
            policy=kept,
            written=WrittenPolicy(**{"name": "Other", "first": "1 h"} | written),
            by=None,
            now=at(0),
        )
    assert set(refused.value.problems) == {field}
    kept.refresh_from_db()
    assert (kept.name, kept.first_minutes) == ("Kept", 120)
