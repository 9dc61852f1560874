"""Quality review: what is drawn, marked and told, and to whom."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.care.models import Case, Delivery, Message
from goodword.insight.measures import MEASURES
from goodword.kernel.clock import current_time
from goodword.process.models import QualityAnswer, QualityQuestion, QualityReview
from goodword.process.quality_figures import quality_figures
from goodword.process.quality_form import (
    MOST_QUESTIONS,
    BadQuestion,
    begin_with_usual_questions,
    retire_question,
    save_question,
)
from goodword.process.quality_sample import SIZE, sample_of
from goodword.process.review_quality import BadReview, NotDrawn, NotYours, review_quality
from goodword.staff.models import Agent, Role
from goodword.staff.week import last_week, week_of
from tests.care.world import NOON, World, at

pytestmark = pytest.mark.django_db

WEEK = 7 * 24 * 60  # minutes
HOME = "/w/harbour/quality/"


class Desk:
    """An agent who answered a case in the week of the tests' noon, and a lead."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ana, self.lea = world.agent("Ana"), world.agent("Lea", Role.LEAD)
        self.case = self.answered(self.ana)
        self.week = week_of(world.workspace, NOON.date())
        begin_with_usual_questions(workspace=world.workspace, by=None, now=at(0))
        self.questions = list(QualityQuestion.objects.order_by("pk").values_list("pk", flat=True))

    def answered(self, by: Agent, *, when: float = 5, delivery: Delivery = Delivery.SENT) -> Case:
        case = self.world.case(when=when - 1)
        self.world.reply(case, by, "Soon.", when=when, delivery=delivery)
        return case

    def review(
        self, *marks: int | None, case: Case | None = None, note: str = "", by: Agent | None = None
    ) -> QualityReview:
        given = marks or (2, 2, 2, 2, 2)
        return review_quality(
            case=case or self.case,
            agent=self.ana,
            week=self.week,
            marks=dict(zip(self.questions, given, strict=False)),
            note=note,
            by=by or self.lea,
            now=at(2 * WEEK),
        )


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def test_of_each_agent_some_answered_cases_of_the_week_are_drawn(desk: Desk) -> None:
    others = [desk.answered(desk.ana, when=minute) for minute in range(10, 20)]
    desk.answered(desk.ana, when=WEEK)  # another week
    desk.answered(desk.ana, delivery=Delivery.FAILED)  # nobody read it
    desk.world.case("nobody answered")
    desk.answered(desk.lea)
    first, second = (sample_of(desk.world.workspace, desk.week) for _ in range(2))
    assert first == second
    assert [(sample.agent, sample.answered, len(sample.drawn)) for sample in first] == [
        (desk.ana, 11, SIZE),
        (desk.lea, 1, 1),
    ]
    assert {one.case for one in first[0].drawn} <= {desk.case, *others}
    assert [sample.agent for sample in sample_of(desk.world.workspace, desk.week, agent=desk.lea)] == [desk.lea]


def test_a_review_is_the_share_of_the_points_that_could_be_had(desk: Desk) -> None:
    assert desk.review(2, 1, 0, None, 2).score == 5 / 8
    assert desk.review(2, 2, 2, None, None, note="  Well done  ").score == 1
    review = QualityReview.objects.get()
    sampled = [one for sample in sample_of(desk.world.workspace, desk.week) for one in sample.drawn if one.review]
    assert [one.is_good for one in sampled] == [True]
    QualityReview.objects.update(score=0.79)
    sampled = [one for sample in sample_of(desk.world.workspace, desk.week) for one in sample.drawn if one.review]
    assert [one.is_good for one in sampled] == [False]  # no green tick where the page says that good is 80 %
    assert (review.note, review.by, QualityAnswer.objects.filter(mark=None).count()) == ("Well done", desk.lea, 2)


@pytest.mark.parametrize("marks", [(2, 2, 2, 2), (None,) * 5, (2, 2, 2, 2, 3)])
def test_every_question_is_answered_and_one_at_least_applies(desk: Desk, marks: tuple[int | None, ...]) -> None:
    with pytest.raises(BadReview):
        desk.review(*marks)
    assert not QualityReview.objects.exists()


def test_nobody_looks_at_their_own_answers_nor_at_what_was_not_drawn(desk: Desk) -> None:
    with pytest.raises(NotYours):
        desk.review(by=desk.ana)
    with pytest.raises(NotDrawn):
        desk.review(case=desk.answered(desk.lea))


def test_what_was_looked_at_stays_in_the_sample(desk: Desk) -> None:
    desk.review()
    for minute in range(10, 60):
        desk.answered(desk.ana, when=minute)
    drawn = sample_of(desk.world.workspace, desk.week)[0].drawn
    assert desk.case in {one.case for one in drawn if one.review}
    desk.review(0, 0, 0, 0, 0)  # a second look


def test_figures_by_agent_and_question_come_with_n(desk: Desk) -> None:
    second = desk.answered(desk.ana, when=30)
    desk.review(2, 2, 2, 2, None)
    desk.review(2, 2, 0, 0, None, case=second)
    figures = quality_figures(desk.world.workspace, now=at(2 * WEEK))
    assert [(held.name, held.good, held.n, held.mean) for held in figures.by_agent] == [("Ana", 1, 2, 0.75)]
    assert [(held.good, held.n) for held in figures.by_question] == [(1, 2), (1, 2), (2, 2), (2, 2)]
    interval = figures.whole.interval
    assert interval is not None
    assert (round(interval.low, 2), round(interval.high, 2)) == (0.09, 0.91)
    assert quality_figures(desk.world.workspace, agent=desk.lea, now=at(2 * WEEK)).whole.n == 0
    measure = next(each for each in MEASURES if each.key == "quality")
    tally = measure.weekly(desk.world.workspace, [at(2 * WEEK - 60)])[0]
    assert (tally.part, tally.whole, measure.behind is not None) == (1, 2, True)


def test_a_question_in_other_words_is_a_new_one(desk: Desk) -> None:
    first = QualityQuestion.objects.earliest("pk")
    kept = save_question(workspace=desk.world.workspace, question=first, words=" Was it  quick? ", by=None, now=at(1))
    first.refresh_from_db()
    assert (kept.words, first.retired_at) == ("Was it quick?", at(1))
    assert retire_question(question=first, by=None, now=at(9)).retired_at == at(1)
    for wrong in ("", "x" * 161):
        with pytest.raises(BadQuestion):
            save_question(workspace=desk.world.workspace, words=wrong, by=None, now=at(1))
    for number in range(MOST_QUESTIONS - 5):
        save_question(workspace=desk.world.workspace, words=f"And {number}?", by=None, now=at(1))
    with pytest.raises(BadQuestion):
        save_question(workspace=desk.world.workspace, words="One more?", by=None, now=at(1))


def test_advice_is_for_the_agent_and_the_leads_only(desk: Desk) -> None:
    address = f"{HOME}cases/{desk.case.number}/agents/{desk.ana.pk}/"
    desk.review(2, 2, 2, 1, None, note="Say by when")
    QualityReview.objects.update(week=_this_week(desk))
    for agent, status in ((desk.ana, 200), (desk.lea, 200), (desk.world.agent("Bo"), 403)):
        answer = signed_in(agent).get(address, {"week": _this_week(desk)})
        assert answer.status_code == status
        assert ("Say by when" in answer.content.decode()) is (status == 200)
        beside = signed_in(agent).get(f"/w/harbour/cases/{desk.case.number}/beside/").content.decode()
        assert ("Say by when" in beside) is (status == 200)
    assert signed_in(desk.ana).post(address).status_code == 403  # her own
    assert signed_in(desk.world.agent("Vera", Role.VIEWER)).get(HOME).status_code == 403


def _this_week(desk: Desk) -> str:
    """The week that a page can show: a running clock reads the pages."""
    return last_week(desk.world.workspace, now=current_time()).monday.isoformat()


def test_a_lead_fills_the_form_in(desk: Desk) -> None:
    week = last_week(desk.world.workspace, now=current_time())
    Message.objects.update(at=week.since)
    lead = signed_in(desk.lea)
    listed = lead.get(HOME).content.decode()
    address = f"{HOME}cases/{desk.case.number}/agents/{desk.ana.pk}/"
    assert f'href="{address}?week={week.monday}"' in listed
    wrong = lead.post(f"{address}?week={week.monday}", {f"mark-{desk.questions[0]}": "2", "note": "Hm"})
    assert (wrong.status_code, "Answer every question" in wrong.content.decode()) == (422, True)
    assert ">Hm</textarea>" in wrong.content.decode()
    marks = {f"mark-{pk}": "1" for pk in desk.questions} | {f"mark-{desk.questions[0]}": "none", "note": "Hm"}
    assert lead.post(f"{address}?week={week.monday}", marks).status_code == 303
    assert QualityReview.objects.get().score == 0.5
    assert "50" in lead.get(HOME).content.decode()
    assert lead.get(f"{HOME}?week=1999-01-01").status_code == 404
    assert lead.post(f"{HOME}form/", {"words": "Why?"}).status_code == 403


def test_admins_write_the_form(world: World) -> None:
    admin = signed_in(world.agent("Ada", Role.ADMIN))
    admin.post(f"{HOME}form/usual/")
    admin.post(f"{HOME}form/usual/")
    first = QualityQuestion.objects.earliest("pk")
    admin.post(f"{HOME}form/{first.pk}/", {"words": "Was it quick?"})
    admin.post(f"{HOME}form/{QualityQuestion.objects.latest('pk').pk}/retirement/")
    admin.post(f"{HOME}form/", {"words": "Was it kind?"})
    assert [QualityQuestion.objects.filter(retired_at=None).count(), QualityQuestion.objects.count()] == [5, 7]
    wrong = admin.post(f"{HOME}form/", {"words": ""})
    assert (wrong.status_code, "Ask in 1 to 160" in wrong.content.decode()) == (422, True)
