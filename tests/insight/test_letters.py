from __future__ import annotations

import pytest
from django.test import Client

from goodword.care.models import Case
from goodword.care.record_cause import record_cause
from goodword.insight.letters import read_letter
from goodword.kernel.clock import current_time
from goodword.learn.improve import save_improvement
from goodword.learn.save_problem import save_problem
from goodword.listen.models import Disposition, Mention
from goodword.staff.week import last_week, week_of
from goodword.triage.models import Area, Audience, Cause
from tests.care.world import NOON, World, at

DAY = 24 * 60  # minutes; the world begins on a Monday


def cause(world: World, name: str, *audiences: Audience) -> Cause:
    area = Area.objects.create(workspace=world.workspace, name=f"Area of {name}", audiences=list(audiences))
    return Cause.objects.create(workspace=world.workspace, area=area, name=name)


def complain(world: World, of: Cause, words: str, *, day: float) -> Case:
    case = world.case(words, when=day * DAY)
    case.opening_mention = Mention.objects.get(text=words)
    case.save()
    return record_cause(case=case, by=None, cause=of, now=at(day * DAY))


def letter(world: World, audience: Audience, day: float = 7):
    return read_letter(world.workspace, week_of(world.workspace, at(day * DAY).date()), audience)


def test_each_audience_reads_of_what_is_theirs_with_n_and_the_words(world: World) -> None:
    late, crash = cause(world, "Late parcel", Audience.SERVICE), cause(world, "Crash", Audience.PRODUCT)
    complain(world, late, "Where is it?", day=1)
    complain(world, late, "Late again", day=8)
    complain(world, late, "Still late", day=9)
    complain(world, crash, "It crashed", day=9)
    found = letter(world, Audience.SERVICE)
    [only] = found.complaints
    assert (only.cause, only.n, only.before, found.n) == (late, 2, 1, 2)
    assert {quote.words for quote in only.quotes} == {"Late again", "Still late"}
    assert all("/w/harbour/cases/" in quote.url for quote in only.quotes)
    assert (found.cases, found.with_cause) == (3, 3)
    assert [each.cause for each in letter(world, Audience.PRODUCT).complaints] == [crash]
    assert letter(world, Audience.SALES).n == 0


def test_marketing_reads_praise_and_pr_what_is_widely_read(world: World) -> None:
    case = complain(world, cause(world, "Crash", Audience.PR), "It crashed", day=8)
    case.identity.followers = 9000
    case.identity.save()
    praise = world.inbound(case, "I love it", when=9 * DAY).mention
    assert praise is not None
    praise.disposition = Disposition.PRAISE_KEPT
    praise.save()
    assert [quote.words for quote in letter(world, Audience.MARKETING).praised] == ["I love it"]
    assert [quote.words for quote in letter(world, Audience.PR).loudest] == ["It crashed"]
    assert letter(world, Audience.PRODUCT).praised == letter(world, Audience.PRODUCT).loudest == []


def test_what_is_late_is_said(world: World) -> None:
    crash, ana = cause(world, "Crash", Audience.PRODUCT), world.agent()
    problem = save_problem(workspace=world.workspace, title="x", about="", cause=crash, by=ana, now=NOON)
    plan = {"what": "Test on old phones", "owner": ana, "due_on": at(8 * DAY).date()}
    save_improvement(problem=problem, **plan, by=ana, now=NOON)
    assert [each.what for each in letter(world, Audience.PRODUCT).late] == ["Test on old phones"]
    assert letter(world, Audience.PRODUCT, day=0).late == []


def test_the_page_and_its_text(world: World, lead: Client) -> None:
    since = (current_time() - NOON).total_seconds() / 60 / DAY
    crash = cause(world, "Crash", Audience.PRODUCT)
    complain(world, crash, "It crashed & <b>burned</b>", day=since - 7)
    monday = last_week(world.workspace, now=current_time()).monday
    complain(world, crash, "Again", day=(monday - NOON.date()).days + 1)
    page = lead.get("/w/harbour/letters/?audience=product")
    assert page.context["letter"].n >= 1
    assert "Again" in page.content.decode()
    plain = lead.get(f"/w/harbour/letters/text/?audience=product&week={monday}")
    assert plain.headers["Content-Type"].startswith("text/plain")
    assert "Again" in plain.content.decode()
    assert "&amp;" not in plain.content.decode()


@pytest.mark.parametrize("query", ["week=nonsense", "week=1999-01-04", "audience=everybody", "week=9999-12-31"])
def test_a_letter_that_can_not_be_is_not_found(world: World, lead: Client, query: str) -> None:
    assert lead.get(f"/w/harbour/letters/?{query}").status_code == 404


def test_what_others_read_of_a_case_is_masked(world: World) -> None:
    complain(world, cause(world, "Crash", Audience.PRODUCT), "It crashed, call me: +49 30 901820", day=8)
    [[quote]] = [complaint.quotes for complaint in letter(world, Audience.PRODUCT).complaints]
    assert quote.words == "It crashed, call me: [phone number]"
