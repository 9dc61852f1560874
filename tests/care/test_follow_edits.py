from __future__ import annotations

from goodword.care.follow_edits import follow_edits
from goodword.care.models import Message
from goodword.listen.models import Mention
from tests.care.world import World, at, fresh


def rewrite(world: World, message: Message, text: str) -> None:
    Mention.objects.filter(pk=message.mention_id).update(text=text)
    follow_edits(workspace_id=world.workspace.pk, mention_ids=[message.mention_id or 0])


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
    follow_edits(workspace_id=world.workspace.pk, mention_ids=[*ids, 999_999])
    assert (fresh(case).snippet, fresh(elsewhere).snippet) == ("My parcel never came", elsewhere.snippet)
    follow_edits(workspace_id=world.workspace.pk, mention_ids=[])
