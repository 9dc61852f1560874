from __future__ import annotations

import pytest

from goodword.care.attend import attend
from goodword.care.models import Case
from goodword.care.open_from import open_case_from
from goodword.care.set_aside import CHOICES, CannotSetAside, PartOfCase, set_aside, undo_setting_aside
from goodword.kernel.models import FactRow
from goodword.listen.models import Disposition, Mention, Source
from goodword.staff.models import Agent, Membership, Role
from tests.listen.heard import at, hear_and_understand, line, open_file_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return open_file_source()


@pytest.fixture
def ana(source: Source) -> Agent:
    agent = Agent.objects.create_user("ana@harbour.example", name="Ana")
    Membership.objects.create(workspace=source.workspace, agent=agent, role=Role.AGENT)
    return agent


def heard(source: Source, text: str, native_id: str = "1", *, minutes: float = 0, **fields: object) -> Mention:
    hear_and_understand(source, line(native_id, text, minutes=minutes, **fields))
    attend(source_id=source.pk, limit=10, now=at(60))
    return Mention.objects.get(external_id=native_id)


def stands(mention: Mention) -> tuple[str, str, int | None]:
    now = Mention.objects.get(pk=mention.pk)
    return now.disposition, now.disposition_reason, now.decided_by_id


PRAISE = "Love the new jacket, thank you!"


@pytest.mark.parametrize("disposition", [choice for choice in CHOICES if choice != Disposition.PRAISE_KEPT])
def test_an_agents_word_stands_with_their_name_and_can_be_taken_back(
    source: Source, ana: Agent, disposition: Disposition
) -> None:
    mention = heard(source, PRAISE)
    before = stands(mention)
    set_aside(mention=mention, disposition=disposition, by=ana, now=at(70))
    assert stands(mention) == (disposition.value, "Ana said so", ana.pk)
    undo_setting_aside(mention=mention, by=ana, now=at(71))
    assert stands(mention) == before
    told = FactRow.objects.filter(subject=f"mention:{mention.pk}").order_by("pk").values_list("kind", "actor_id")
    assert list(told) == [("MentionDecided", ana.pk), ("MentionDecisionUndone", ana.pk)]


def test_two_words_are_taken_back_one_after_the_other_up_to_the_last(source: Source, ana: Agent) -> None:
    mention = heard(source, PRAISE)
    set_aside(mention=mention, disposition=Disposition.SPAM, by=ana, now=at(70))
    set_aside(mention=mention, disposition=Disposition.ANSWERED, by=ana, now=at(71))
    undo_setting_aside(mention=mention, by=ana, now=at(72))
    assert stands(mention) == ("spam", "Ana said so", ana.pk)
    with pytest.raises(CannotSetAside):
        undo_setting_aside(mention=mention, by=ana, now=at(73))


def test_the_same_word_twice_is_one_fact(source: Source, ana: Agent) -> None:
    mention = heard(source, PRAISE)
    for minute in (70, 71):
        set_aside(mention=mention, disposition=Disposition.SPAM, by=ana, now=at(minute))
    assert FactRow.objects.filter(kind="MentionDecided").count() == 1


@pytest.mark.parametrize("disposition", [Disposition.CASE, Disposition.OWN])
def test_only_what_means_that_no_case_is_needed_can_be_said(
    source: Source, ana: Agent, disposition: Disposition
) -> None:
    mention = heard(source, PRAISE)
    with pytest.raises(CannotSetAside):
        set_aside(mention=mention, disposition=disposition, by=ana, now=at(70))


def test_what_is_part_of_a_case_is_resolved_there(source: Source, ana: Agent) -> None:
    mention = heard(source, "My parcel never came, where is it?")
    with pytest.raises(PartOfCase, match="part of case 1"):
        set_aside(mention=mention, disposition=Disposition.SPAM, by=ana, now=at(70))
    assert stands(mention)[0] == "case"


def test_our_own_words_and_what_nobody_has_read_yet_get_no_decision(source: Source, ana: Agent) -> None:
    own = heard(source, "We open at nine", author="harbour", direction="out")
    hear_and_understand(source, line("2", PRAISE))
    for mention in (own, Mention.objects.get(external_id="2")):
        with pytest.raises(CannotSetAside):
            set_aside(mention=mention, disposition=Disposition.SPAM, by=ana, now=at(70))


def test_more_words_in_the_thread_of_what_an_agent_called_spam_open_no_case_because_of_it(
    source: Source, ana: Agent
) -> None:
    """The machine would have called the first a case; the agent's word on it stays."""
    mention = heard(source, PRAISE)
    Mention.objects.filter(pk=mention.pk).update(private=True)  # praise said in private becomes a case
    set_aside(mention=mention, disposition=Disposition.SPAM, by=ana, now=at(70))
    heard(source, "Love it, great work, thank you!", "2", minutes=30, parent="1")
    assert not Case.objects.exists()
    assert stands(mention) == ("spam", "Ana said so", ana.pk)


def test_after_undoing_the_case_can_still_be_opened(source: Source, ana: Agent) -> None:
    mention = heard(source, PRAISE)
    set_aside(mention=mention, disposition=Disposition.SPAM, by=ana, now=at(70))
    case = open_case_from(mention=mention, by=ana, now=at(71))
    with pytest.raises(PartOfCase):
        undo_setting_aside(mention=mention, by=ana, now=at(72))
    assert stands(mention) == ("case", "Ana opened a case", ana.pk)
    assert Case.objects.get() == case
