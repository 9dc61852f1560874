"""Asking about the relationship, and answering."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from goodword.care.models import Case, Delivery, Message, State
from goodword.kernel.clock import current_time
from goodword.kernel.models import FactRow
from goodword.people.models import Identity
from goodword.process.answer_survey import NoAnswer, answer_survey
from goodword.process.ask_surveys import ask_surveys
from goodword.process.models import Survey, SurveyPlan
from goodword.process.plan_surveys import BadSurveyPlan, plan_survey
from goodword.process.survey_figures import survey_figures
from goodword.staff.models import Agent, Role
from tests.care.postbox import open_postbox
from tests.care.world import World, at

pytestmark = pytest.mark.django_db

DAY = 24 * 60  # minutes
HOME = "/w/harbour/surveys/"


class Town:
    """People who wrote privately and were helped some time ago."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.source = world, open_postbox(world, folder)
        self.plan = plan_survey(workspace=world.workspace, kind="nps", a_week=5, by=None, now=at(0))

    def helped(self, *, day: float = 0, identity: Identity | None = None) -> Case:
        when = day * DAY
        return self.world.case(
            source=self.source, when=when, identity=identity, state=State.RESOLVED, resolved_at=at(when)
        )

    def ask(self, *, day: float, limit: int = 20) -> int:
        return ask_surveys(plan=self.plan, limit=limit, now=at(day * DAY))


@pytest.fixture
def town(world: World, tmp_path: Path) -> Town:
    return Town(world, tmp_path / "posts")


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def test_somebody_is_asked_privately_when_all_is_quiet_and_seldom(town: Town) -> None:
    case = town.helped()
    assert [town.ask(day=13.9), town.ask(day=14), town.ask(day=14.1), town.ask(day=103.9)] == [0, 1, 0, 0]
    message = Message.objects.get(case=case, kind="reply")
    assert (message.private, message.automatic, message.agent) == (True, True, None)
    assert "How likely are you to recommend Harbour" in message.text
    assert re.search(r"/survey/[\w-]{40,}/", message.text)
    assert town.ask(day=104.1) == 1


def test_nobody_is_asked_while_one_of_their_cases_is_open_or_has_just_moved(town: Town) -> None:
    case = town.helped()
    again = town.helped(day=20, identity=case.identity)
    assert town.ask(day=30) == 0
    Case.objects.filter(pk=again.pk).update(state=State.SNOOZED, last_message_at=at(0))
    assert town.ask(day=90) == 0
    Case.objects.filter(pk=again.pk).update(state=State.RESOLVED, resolved_at=at(89 * DAY))
    assert town.ask(day=90) == 0  # nobody wrote, but it was resolved yesterday
    assert town.ask(day=104) == 1


def test_no_more_are_asked_than_the_plan_says(town: Town) -> None:
    for _ in range(9):
        town.helped()
    assert [town.ask(day=20, limit=2), town.ask(day=20.1), town.ask(day=21), town.ask(day=27.2)] == [2, 3, 0, 4]
    plan_survey(workspace=town.world.workspace, kind="nps", a_week=0, by=None, now=at(0))
    assert ask_surveys(plan=SurveyPlan.objects.get(), limit=9, now=at(200 * DAY)) == 0


def test_where_everybody_could_read_the_link_nobody_is_asked(world: World) -> None:
    plan = plan_survey(workspace=world.workspace, kind="effort", a_week=5, by=None, now=at(0))
    world.case(state=State.RESOLVED)
    assert ask_surveys(plan=plan, limit=5, now=at(30 * DAY)) == 0
    assert Survey.objects.get().refused
    assert not Message.objects.filter(kind="reply").exists()


def invited(town: Town) -> tuple[str, Survey]:
    """The path of the link, as if it had been sent just now."""
    town.helped()
    ask_surveys(plan=town.plan, limit=1, now=current_time())
    found = re.search(r"/survey/[\w-]+/", Message.objects.get(kind="reply").text)
    assert found is not None
    return found.group(), Survey.objects.get()


def test_opening_the_link_records_nothing_and_a_post_does(town: Town) -> None:
    address, survey = invited(town)
    browser, facts = Client(enforce_csrf_checks=True), FactRow.objects.count()
    for response in (browser.get(address), browser.head(address), browser.get(f"{address}?answer=9")):
        assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
        assert "noindex" in response.headers["X-Robots-Tag"]
    survey.refresh_from_db()
    assert (survey.answer, FactRow.objects.count()) == (None, facts)
    wrong = browser.post(address, {"answer": "11", "comment": "Hm"})
    assert (wrong.status_code, ">Hm</textarea>" in wrong.content.decode()) == (422, True)
    assert browser.post(address, {"answer": "0", "comment": "<b>Slow</b>"}).status_code == 303
    survey.refresh_from_db()
    assert (survey.answer, survey.comment) == (0, "<b>Slow</b>")
    assert "&lt;b&gt;Slow" in browser.get(address).content.decode()
    assert browser.get("/survey/unknown/").status_code == 404
    Survey.objects.update(expires_at=current_time())
    assert browser.post(address, {"answer": "9"}).status_code == 404


def test_an_answer_can_be_changed_for_a_day(town: Town) -> None:
    _address, survey = invited(town)
    for hours, answer, stands in ((0, 3, 3), (23, 9, 9), (25, 0, 9)):
        kept = answer_survey(survey=survey, answer=answer, now=at(hours * 60))
        assert (kept.answer, kept.answered_at) == (stands, at(0))
    for nothing in (None, 11):
        with pytest.raises(NoAnswer):
            answer_survey(survey=survey, answer=nothing, now=at(0))


def test_figures_count_whom_the_question_reached(town: Town) -> None:
    for _ in range(5):
        town.helped()
    town.ask(day=20)
    surveys = list(Survey.objects.order_by("pk"))
    Message.objects.filter(pk__in=[one.message_id for one in surveys[:4]]).update(delivery=Delivery.SENT)
    answer_survey(survey=surveys[0], answer=10, now=at(20 * DAY))
    nps, ces = survey_figures(town.world.workspace, since=at(0), until=at(30 * DAY))
    assert (nps.promoters, nps.n, nps.asked, nps.response_rate, nps.score) == (1, 1, 4, 0.25, None)
    assert (ces.n, ces.asked, ces.response_rate) == (0, 0, None)
    since_then = survey_figures(town.world.workspace, since=at(21 * DAY), until=at(30 * DAY))
    assert since_then[0].asked == 0


def test_the_page_says_how_it_stands_and_leads_plan(town: Town) -> None:
    lead, agent = signed_in(town.world.agent("Lea", Role.LEAD)), signed_in(town.world.agent("Ana"))
    case = town.helped()
    asked = current_time() - timedelta(days=1)
    for number in range(12):
        Survey.objects.create(
            workspace=town.world.workspace, kind="nps", person=case.identity.person, case=case, digest=f"{number}",
            asked_at=asked, expires_at=asked, answer=10 if number < 9 else 2, answered_at=asked, comment="Fine",
        )  # fmt: skip
    page = agent.get(HOME).content.decode()
    assert "Would they recommend us? NPS +50" in page
    assert page.count("Fine</blockquote>") == 12
    assert "NPS +50" in agent.get("/w/harbour/reports/").content.decode()
    assert lead.post(f"{HOME}plan/", {"kind": "effort", "a_week": "7"}).status_code == 303
    assert SurveyPlan.objects.get(kind="effort").a_week == 7
    wrong = lead.post(f"{HOME}plan/", {"kind": "effort", "a_week": "many"})
    assert (wrong.status_code, 'value="many"' in wrong.content.decode()) == (422, True)
    assert agent.post(f"{HOME}plan/", {"kind": "effort", "a_week": "7"}).status_code == 403
    with pytest.raises(BadSurveyPlan):
        plan_survey(workspace=town.world.workspace, kind="mood", a_week=1, by=None, now=at(0))
