"""The page of the reports: sentences with their numbers, for whole days of the workspace's zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.test import Client

from goodword.care.models import Episode, Rating, Resolution
from goodword.kernel.clock import current_time
from goodword.staff.models import Agent, Workspace
from goodword.web.reports import read_asked
from tests.care.world import NOON, World

SignIn = Callable[[Agent], Client]
HOME = "/w/harbour/reports/"
MARCH = f"{HOME}?from=2026-03-01&to=2026-03-31"


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


def rate(world: World, ratings: list[int]) -> None:
    for n, solved in enumerate(ratings):
        case = world.case(f"Case {n}", when=n)
        episode = case.episodes.get()
        Episode.objects.filter(pk=episode.pk).update(
            resolved_at=NOON + timedelta(hours=4), resolution=Resolution.CONFIRMED
        )
        Rating.objects.create(workspace=world.workspace, episode=episode, solved=solved, way=Rating.Way.LINK, at=NOON)


def test_days_are_whole_days_of_the_zone(world: World) -> None:
    Workspace.objects.update(zone="America/New_York")
    world.workspace.refresh_from_db()
    asked = read_asked(world.workspace, QueryDict("from=2026-03-08&to=2026-03-08"), now=NOON)
    assert (asked.first, asked.last, asked.days) == (date(2026, 3, 8), date(2026, 3, 8), 1)
    assert asked.scope.until.timestamp() - asked.scope.since.timestamp() == 23 * 3600  # the clocks go forward that day


@pytest.mark.parametrize(
    "query", ["from=yesterday&to=", "from=2026-03-05&to=2026-03-01", "from=9999-12-01&to=9999-12-31"]
)
def test_days_that_make_no_sense_are_said_and_kept(ana: Agent, signed_in: SignIn, query: str) -> None:
    answer = signed_in(ana).get(f"{HOME}?{query}")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a first and a last day" in page
    assert query.split("&", maxsplit=1)[0].split("=")[1] in page


def test_ten_answers_make_a_share_with_its_interval(world: World, ana: Agent, signed_in: SignIn) -> None:
    rate(world, [5] * 8 + [1] * 2)
    page = signed_in(ana).get(MARCH).content.decode()
    assert "80 % are satisfied with how it was solved; likely between 49 % and 94 %" in page
    assert "Too few answers to say how satisfied customers are with the person: 0 of 10" in page
    assert "100 % of 10 asked" in page


def test_nine_do_not(world: World, ana: Agent, signed_in: SignIn) -> None:
    rate(world, [5] * 9)
    page = signed_in(ana).get(MARCH).content.decode()
    assert "Too few answers to say how satisfied customers are with how it was solved: 9 of 10" in page
    assert "100 % are satisfied" not in page


def test_the_ignored_stand_by_name(world: World, ana: Agent, signed_in: SignIn) -> None:
    answered, ignored = world.case("Answered", when=0), world.case("Ignored", when=1)
    world.reply(answered, ana, when=12)
    ignored.identity.person.name = "Mara <script>"
    ignored.identity.person.save()
    page = signed_in(ana).get(MARCH).content.decode()
    assert "50 % of the messages that needed an answer got one: 1 of 2" in page
    assert "Mara &lt;script&gt;" in page
    assert f"/w/harbour/cases/{ignored.number}/" in page


def test_times_are_drawn_and_stand_in_a_table(world: World, ana: Agent, signed_in: SignIn) -> None:
    Episode.objects.filter(case=world.case()).update(first_response_at=NOON + timedelta(minutes=12))
    page = signed_in(ana).get(MARCH).content.decode()
    assert "Half of the first answers took 12 min or less, nine of ten 12 min or less" in page
    assert page.count("Show data as a table") == 1
    assert page.count('<svg class="chart') == 2  # a wide and a narrow one


def test_channel_and_team_narrow_it_and_strange_ones_do_no_harm(world: World, ana: Agent, signed_in: SignIn) -> None:
    world.case("By mail", source=world.new_source("Mail", "mail"))
    client = signed_in(ana)
    assert "0 of 1" in client.get(f"{MARCH}&channel=mail").content.decode()
    assert "Nothing needed an answer" in client.get(f"{MARCH}&channel=none").content.decode()
    for team in ("x", "0", "99999999999999999999", "²"):
        assert client.get(f"{MARCH}&team={team}").status_code == 200


def test_an_empty_workspace_has_a_report_too(ana: Agent, signed_in: SignIn) -> None:
    page = signed_in(ana).get(HOME).content.decode()
    assert "No first answers in this period" in page
    assert "Show data as a table" not in page
    assert str(current_time().year) in page
