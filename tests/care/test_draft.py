from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from goodword.care.draft import discard_draft, save_draft
from goodword.care.models import Draft, MessageKind
from tests.care.postbox import open_postbox
from tests.care.test_reply import reply
from tests.care.world import World, at


def test_one_draft_of_a_kind_and_agent_is_kept_as_it_is(world: World) -> None:
    ana, ben, case = world.agent("Ana"), world.agent("Ben"), world.case()
    save_draft(case=case, by=ana, kind=MessageKind.REPLY, text="We", private=False, now=at(1))
    save_draft(case=case, by=ana, kind=MessageKind.REPLY, text="  We look \r\n\x00", private=True, now=at(2))
    save_draft(case=case, by=ana, kind=MessageKind.NOTE, text="hm", private=False, now=at(2))
    save_draft(case=case, by=ben, kind=MessageKind.REPLY, text="Hello", private=False, now=at(2))
    mine = Draft.objects.get(agent=ana, kind=MessageKind.REPLY)
    assert (mine.text, mine.private, mine.saved_at) == ("  We look \r\n\ufffd", True, at(2))
    assert Draft.objects.count() == 3


def test_blank_text_is_no_draft(world: World) -> None:
    ana, case = world.agent(), world.case()
    save_draft(case=case, by=ana, kind=MessageKind.REPLY, text="We", private=False, now=at(1))
    assert save_draft(case=case, by=ana, kind=MessageKind.REPLY, text=" \n", private=False, now=at(2)) is None
    assert not Draft.objects.exists()
    discard_draft(case=case, by=ana, kind=MessageKind.REPLY)


def test_a_draft_of_a_merged_case_goes_on_where_it_went_and_takes_nothing_away(world: World) -> None:
    ana, target = world.agent(), world.case()
    gone = world.case(merged_into=target)
    save_draft(case=target, by=ana, kind=MessageKind.REPLY, text="Dear Mara\n\nHel", private=False, now=at(1))
    for text in ("Hello", "Hello again", "Hello again", " ", ""):
        save_draft(case=gone, by=ana, kind=MessageKind.REPLY, text=text, private=False, now=at(2))
    save_draft(case=gone, by=ana, kind=MessageKind.NOTE, text="odd", private=False, now=at(2))
    assert dict(Draft.objects.filter(case=target).values_list("kind", "text")) == {
        MessageKind.REPLY: "Dear Mara\n\nHello again",
        MessageKind.NOTE: "odd",
    }
    assert not Draft.objects.filter(case=gone).exists()


def test_a_save_that_comes_later_than_the_reply_is_no_draft(world: World, tmp_path: Path) -> None:
    ana, case = world.agent(), world.case(source=open_postbox(world, tmp_path / "posts"))
    message = reply(case, ana, "On its way.")
    late = save_draft(
        case=case,
        by=ana,
        kind=MessageKind.REPLY,
        text="On its w",
        private=False,
        reply_key=message.idempotency_key or "",
        now=at(6),
    )
    assert (late, Draft.objects.exists()) == (None, False)


@pytest.mark.django_db(transaction=True)
def test_a_save_that_comes_while_the_reply_is_sent_waits_and_is_no_draft(tmp_path: Path) -> None:
    world = World()
    ana, case = world.agent(), world.case(source=open_postbox(world, tmp_path / "posts"))
    late: list[Draft | None] = []

    def save() -> None:
        late.append(
            save_draft(
                case=case,
                by=ana,
                kind=MessageKind.REPLY,
                text="On its w",
                private=False,
                reply_key="key-one-1",
                now=at(6),
            )
        )
        connection.close()

    saving = threading.Thread(target=save)
    with transaction.atomic():
        reply(case, ana, "On its way.", idempotency_key="key-one-1")
        saving.start()
        saving.join(0.3)  # it waits for us; were it not to, it would be done by then
    saving.join()
    assert (late, Draft.objects.exists()) == ([None], False)
