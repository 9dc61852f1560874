from __future__ import annotations

import pytest

from goodword.care.attend import attend
from goodword.care.models import Case, Message, State
from goodword.care.open_from import CannotOpen, open_case_from
from goodword.kernel.models import FactRow
from goodword.listen.models import Mention, Source
from goodword.staff.models import Agent, Membership, Role
from tests.listen.heard import at, hear_and_understand, line, open_file_source

pytestmark = pytest.mark.django_db

PRAISE = "Love the new jacket, thank you!"


@pytest.fixture
def source() -> Source:
    return open_file_source()


@pytest.fixture
def ana(source: Source) -> Agent:
    agent = Agent.objects.create_user("ana@harbour.example", name="Ana")
    Membership.objects.create(workspace=source.workspace, agent=agent, role=Role.AGENT)
    return agent


def attend_to(source: Source, *lines: object) -> None:
    hear_and_understand(source, *lines)  # type: ignore[arg-type]
    attend(source_id=source.pk, limit=100, now=at(60))


def mention(native_id: str) -> Mention:
    return Mention.objects.get(external_id=native_id)


def test_what_was_kept_as_praise_becomes_a_case_by_an_agents_word(source: Source, ana: Agent) -> None:
    attend_to(source, line("1", PRAISE))
    case = open_case_from(mention=mention("1"), by=ana, now=at(70))
    assert (case.number, case.state, case.opened_at, case.waiting_since) == (1, State.OPEN, at(0), at(0))
    assert case.thread_id == mention("1").thread_id
    assert (mention("1").disposition, mention("1").decided_by) == ("case", ana)
    decided = FactRow.objects.get(kind="MentionDecided")
    assert (decided.actor_id, decided.data["before"], decided.data["disposition"]) == (ana.pk, "praise_kept", "case")
    assert FactRow.objects.filter(kind="CaseOpened", subject=f"case:{case.pk}").count() == 1


def test_asked_for_twice_it_is_the_same_case(source: Source, ana: Agent) -> None:
    attend_to(source, line("1", PRAISE))
    first = open_case_from(mention=mention("1"), by=ana, now=at(70))
    assert open_case_from(mention=mention("1"), by=ana, now=at(71)) == first
    assert Message.objects.count() == 1
    assert FactRow.objects.filter(kind="MentionDecided").count() == 1


def test_all_that_was_said_in_the_thread_comes_along_and_the_thread_goes_on_in_it(source: Source, ana: Agent) -> None:
    attend_to(
        source,
        line("1", PRAISE),
        line("2", "I am away until Monday", automatic=True, minutes=5, parent="1"),
        line("3", "Such a great colour, love it!", minutes=9, parent="1"),
    )
    assert not Case.objects.exists()
    case = open_case_from(mention=mention("3"), by=ana, now=at(70))
    assert [one.mention_id for one in case.messages.order_by("at")] == [mention(pk).pk for pk in "123"]
    assert [mention(pk).disposition for pk in "123"] == ["case", "no_reply_needed", "case"]
    attend_to(source, line("4", "Where do I get another one?", minutes=12, parent="3"))
    assert Case.objects.get().message_count == 4


def test_where_the_thread_has_a_case_the_mention_joins_it(source: Source, ana: Agent) -> None:
    attend_to(source, line("1", "My parcel never came, where is it?"), line("5", PRAISE, minutes=20))
    case = Case.objects.get()
    Mention.objects.filter(external_id="5").update(thread=case.thread_id)  # as after a late parent
    assert open_case_from(mention=mention("5"), by=ana, now=at(70)) == case
    assert Case.objects.get().message_count == 2
    assert mention("5").disposition == "case"


def test_no_case_is_opened_from_our_own_words_nor_before_they_are_read(source: Source, ana: Agent) -> None:
    attend_to(source, line("1", "We open at nine", author="harbour", direction="out"))
    hear_and_understand(source, line("2", PRAISE))  # and nobody has read it yet
    for native_id in "12":
        with pytest.raises(CannotOpen):
            open_case_from(mention=mention(native_id), by=ana, now=at(70))
    assert not Case.objects.exists()
