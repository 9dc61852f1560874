"""Rows of the list: what they show, of whom, and in how many queries."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from goodword.care.listing import Row, rows
from goodword.care.models import Case, Priority, State
from goodword.care.seen import mark_seen
from goodword.staff.models import Agent
from goodword.triage.risk import Part
from tests.care.world import World, at


def row_of(case: Case, agent: Agent) -> Row:
    (row,) = rows([case.pk], workspace=case.workspace, agent=agent, now=at(60))
    return row


def test_a_row_says_what_is_so_about_its_case(world: World) -> None:
    ana, ben = world.agent(), world.agent("Ben Short")
    part = Part("repeated", 70, "cases_before", count=3)
    case = world.case(
        "Charged twice",
        priority=Priority.URGENT,
        risk=70,
        risk_parts=[part.as_json()],
        next_due_at=at(30),
        assignee=ben,
        state=State.PENDING,
    )
    case.labels.add(world.label("refund"), world.label("card"), world.label("zoo"))
    row = row_of(case, ana)
    assert (row.number, row.subject, row.name, row.overdue, row.unread) == (
        case.number,
        "Charged twice",
        "@customer1",
        True,
        True,
    )
    assert row.url == f"/w/harbour/cases/{case.number}/"
    shown = [(badge.look, badge.text) for badge in row.badges]
    assert shown == [
        ("danger", "Overdue"),
        ("danger", "Urgent"),
        ("danger", "Risk 70"),
        ("", "Waiting"),
        ("", "card"),
        ("", "refund"),
        ("", "Ben"),
    ]
    assert row.badges[2].title == "3 cases before within 90 days."


def test_what_is_due_later_says_when(world: World) -> None:
    assert [badge.text for badge in row_of(world.case(next_due_at=at(90)), world.agent()).badges] == ["30 min"]


def test_a_case_is_read_by_each_for_themselves(world: World) -> None:
    ana, ben = world.agent(), world.agent("Ben")
    case = world.case()
    mark_seen(case=case, by=ana)
    assert not row_of(case, ana).unread
    assert row_of(case, ben).unread


def test_rows_come_in_the_order_asked_for_and_only_of_the_workspace(world: World) -> None:
    elsewhere = World(slug="elsewhere", channel="other")
    first, second, foreign = world.case(), world.case(), elsewhere.case()
    found = rows([second.pk, foreign.pk, first.pk], workspace=world.workspace, agent=world.agent(), now=at(60))
    assert [row.pk for row in found] == [second.pk, first.pk]


def test_forty_rows_take_as_many_queries_as_one(world: World) -> None:
    ana = world.agent()
    cases = [world.case(f"Case {n}", when=n) for n in range(40)]
    for n, case in enumerate(cases):
        case.labels.add(world.label(f"label {n}"))
    with CaptureQueriesContext(connection) as few:
        rows([cases[0].pk], workspace=world.workspace, agent=ana, now=at(60))
    with CaptureQueriesContext(connection) as many:
        assert len(rows([case.pk for case in cases], workspace=world.workspace, agent=ana, now=at(60))) == 40
    assert len(many) == len(few) == 2
    assert not rows([], workspace=world.workspace, agent=ana, now=at(60))
