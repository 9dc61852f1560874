from __future__ import annotations

import pytest

from goodword.care.attend import attend
from goodword.care.follow_edits import follow_edits
from goodword.care.models import Case, Message
from goodword.listen.decide import Decision, decide_mentions
from goodword.listen.models import Disposition, Mention, Source
from tests.care.test_attend import an_agent, attend_to
from tests.care.world import World, at, fresh
from tests.listen.heard import hear_and_understand, line, open_file_source


def rewrite(world: World, message: Message, text: str) -> None:
    Mention.objects.filter(pk=message.mention_id).update(text=text)
    follow_edits(workspace_id=world.workspace.pk, mention_ids=[message.mention_id or 0], now=at(9))


def test_lists_show_the_words_that_stand_there_now(world: World) -> None:
    case = world.case("My parcel never came")
    first, last = Message.objects.get(case=case), world.inbound(case, "Here is my card number", when=5)
    case.opening_mention = first.mention
    case.save(update_fields=["opening_mention"])
    rewrite(world, last, "")
    assert (fresh(case).subject, fresh(case).snippet) == ("My parcel never came", "")
    rewrite(world, last, "Any news?")
    rewrite(world, first, "My parcel came, and is broken")
    assert (fresh(case).subject, fresh(case).snippet) == ("My parcel came, and is broken", "Any news?")
    rewrite(world, first, "")
    assert (fresh(case).subject, fresh(case).last_message_at) == ("(no words)", at(5))


def test_words_outside_any_case_and_of_other_workspaces_change_nothing(world: World) -> None:
    case = world.case("My parcel never came")
    elsewhere = World(slug="elsewhere").case("Their words")
    Mention.objects.filter(pk=Message.objects.get(case=elsewhere).mention_id).update(text="")
    ids = list(Mention.objects.values_list("pk", flat=True))
    follow_edits(workspace_id=world.workspace.pk, mention_ids=[*ids, 999_999], now=at(9))
    assert (fresh(case).snippet, fresh(elsewhere).snippet) == ("My parcel never came", elsewhere.snippet)
    follow_edits(workspace_id=world.workspace.pk, mention_ids=[], now=at(9))


@pytest.mark.django_db
def test_the_risk_quotes_no_words_that_are_gone() -> None:
    source = open_file_source()
    attend_to(source, line("1", "The charger burned my hand"))
    attend_to(source, line("2", "Where is my refund?", minutes=5, parent="1"))
    assert (Case.objects.get().risk >= 60, Case.objects.get().risk_reasons[0].word) == (True, "burned")
    take_back(source, "1")
    assert Case.objects.get().risk < 60
    assert "burned" not in str(Case.objects.get().risk_parts)
    assert "refund" in str(Case.objects.get().risk_parts)
    take_back(source, "2")
    assert (Case.objects.get().risk, Case.objects.get().risk_parts) == (0, [])


def take_back(source: Source, external_id: str) -> None:
    hear_and_understand(source, line(external_id, "", deleted=True), minutes=70)
    gone = Mention.objects.get(external_id=external_id)
    follow_edits(workspace_id=source.workspace_id, mention_ids=[gone.pk], now=at(70))


@pytest.mark.django_db
def test_praise_that_was_edited_into_a_complaint_becomes_a_case() -> None:
    source = open_file_source()
    attend_to(source, line("1", "Love it, thank you so much!"))
    assert (Case.objects.exists(), Mention.objects.get().disposition) == (False, Disposition.PRAISE_KEPT)
    edit(source, "1", "My charger burned my hand, I want my money back")
    case = Case.objects.get()
    assert case.risk >= 60
    assert Mention.objects.get().disposition == Disposition.CASE


@pytest.mark.django_db
def test_an_agents_word_outlasts_an_edit() -> None:
    source = open_file_source()
    attend_to(source, line("1", "Love it, thank you so much!"))
    mention = Mention.objects.get()
    spam = Decision(mention, Disposition.SPAM)
    decide_mentions(workspace_id=source.workspace_id, decisions=[spam], now=at(61), by=an_agent(source))
    edit(source, "1", "My charger burned my hand")
    mention.refresh_from_db()
    assert (mention.disposition, Case.objects.exists()) == (Disposition.SPAM, False)
    assert (mention.reading or {})["deep"] is False, "it is read again all the same"


@pytest.mark.django_db
def test_thanks_that_were_edited_into_a_question_make_somebody_wait() -> None:
    source = open_file_source()
    attend_to(source, line("1", "Where is my parcel?"))
    attend_to(source, line("2", "We look into it.", minutes=5, parent="1", direction="out"))
    attend_to(source, line("3", "Thanks!", minutes=9, parent="2"))
    assert Case.objects.get().waiting_since is None
    edit(source, "3", "And where is it now?")
    assert Case.objects.get().waiting_since == at(9)


def edit(source: Source, external_id: str, text: str) -> None:
    hear_and_understand(source, line(external_id, text, minutes=0), minutes=70)
    mention = Mention.objects.get(external_id=external_id)
    assert mention.text == text
    follow_edits(workspace_id=source.workspace_id, mention_ids=[mention.pk], now=at(70))
    while attend(source_id=source.pk, limit=100, now=at(70)):
        pass
