"""Nobody was asked before the question arrived."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodword.care.closing import closing_text, link_in, own_words_of
from goodword.care.closing_words import QUESTIONS
from goodword.care.decide import lapse_due
from goodword.care.filters import CaseFilter, Trouble, matching
from goodword.care.models import Case, Delivery, Message, Resolution
from goodword.care.reports import Scope, satisfaction_report
from goodword.care.resolve import resolve_case
from goodword.care.send import send_due
from goodword.care.send_again import send_again
from goodword.listen.models import Mention, Source
from goodword.staff.models import Agent, Notice
from tests.care.postbox import episode_of, open_postbox, set_mood
from tests.care.world import World, at

pytestmark = pytest.mark.django_db(transaction=True)

DAY = 24 * 60


@pytest.fixture
def world(transactional_db: None) -> World:
    return World()


@pytest.fixture
def postbox(world: World, tmp_path: Path) -> Source:
    return open_postbox(world, tmp_path / "posts")


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


def resolved(world: World, postbox: Source, ana: Agent) -> Case:
    case = world.case(source=postbox)
    resolve_case(case=case, by=ana, ask=True, words="It is on its way.", idempotency_key="resolve-1", now=at(10))
    return case


def closing(case: Case) -> Message:
    return case.messages.get(kind="reply")


def asked(world: World) -> int:
    return satisfaction_report(Scope(workspace=world.workspace, since=at(0), until=at(DAY))).solved.asked


def troubled(world: World, ana: Agent) -> list[Case]:
    return list(matching(CaseFilter(trouble=Trouble.FAILED), workspace=world.workspace, agent=ana))


def test_the_question_is_asked_in_the_language_of_the_conversation(world: World, postbox: Source, ana: Agent) -> None:
    case = world.case("Meine Lampe ist heute leider kaputt angekommen", source=postbox)
    world.inbound(case, "Hallo?", when=2)
    Mention.objects.update(read_lang="de")
    Mention.objects.filter(text="Hallo?").update(read_lang="en")
    resolve_case(case=case, by=ana, ask=True, words="Sie ist unterwegs.", idempotency_key="resolve-1", now=at(10))
    own, _blank, question = closing(case).text.partition("\n\n")
    assert own == own_words_of(closing(case)) == "Sie ist unterwegs."
    assert question.startswith("Ist Ihr Anliegen damit gelöst?")
    assert link_in(closing(case)).exists()


@pytest.mark.parametrize("lang", sorted(QUESTIONS))
def test_every_language_asks_with_the_link_at_the_end(lang: str) -> None:
    link = "https://goodword.example/s/abc/"
    assert closing_text("Ok.", link, lang=lang).endswith(f" {link}")
    assert closing_text("Ok.", None, lang=lang).count("\n\n") == 1
    assert closing_text("Ok.", None, lang="xx") == closing_text("Ok.", None)


def test_what_still_waits_in_the_outbox_has_asked_nobody(world: World, postbox: Source, ana: Agent) -> None:
    case = resolved(world, postbox, ana)
    assert asked(world) == 0
    assert lapse_due(now=at(9 * DAY)) == 0
    send_due(now=at(11), limit=1)
    assert closing(case).delivery == Delivery.SENT
    assert asked(world) == 1


def test_the_days_until_a_resolution_lapses_run_from_the_arrival(world: World, postbox: Source, ana: Agent) -> None:
    case = resolved(world, postbox, ana)
    send_due(now=at(2 * DAY), limit=1)
    assert lapse_due(now=at(7 * DAY - 1)) == 0
    assert lapse_due(now=at(7 * DAY + 1)) == 1
    assert episode_of(case).resolution == Resolution.LAPSED


def test_a_question_that_failed_is_told_and_found_until_it_is_sent_again(
    world: World, postbox: Source, ana: Agent
) -> None:
    case = resolved(world, postbox, ana)
    set_mood(postbox, sending="refused")
    send_due(now=at(11), limit=1)
    assert closing(case).delivery == Delivery.FAILED
    assert (asked(world), lapse_due(now=at(30 * DAY))) == (0, 0)
    assert troubled(world, ana) == [case]
    assert Notice.objects.get().kind == Notice.Kind.FAILED
    set_mood(postbox, sending="")
    send_again(message=closing(case), by=ana, now=at(20))
    for minute in (21, 40):  # the network is asked first whether it arrived after all
        send_due(now=at(minute), limit=1)
    assert closing(case).delivery == Delivery.SENT
    assert (asked(world), troubled(world, ana)) == (1, [])


def test_any_other_failed_reply_of_a_resolved_case_is_no_trouble_any_more(
    world: World, postbox: Source, ana: Agent
) -> None:
    case = world.case(source=postbox)
    world.reply(case, ana, delivery=Delivery.FAILED)
    assert troubled(world, ana) == [case]
    resolve_case(case=case, by=ana, ask=False, now=at(10))
    assert troubled(world, ana) == []
