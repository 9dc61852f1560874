from __future__ import annotations

import pytest

from goodword.care.follow_edits import follow_edits
from goodword.care.models import Case, Message
from goodword.listen.models import Mention, Source
from tests.care.test_attend import attend_to
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
