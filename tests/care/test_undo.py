from __future__ import annotations

from pathlib import Path

import pytest

from goodword.care.draft import save_draft
from goodword.care.models import Delivery, MessageKind
from goodword.care.send import send_due
from goodword.care.undo import TooLate, undo_reply
from tests.care.postbox import again, open_postbox, posts
from tests.care.test_reply import reply
from tests.care.world import World, at


def test_an_undone_reply_is_a_draft_again_and_never_goes_out(world: World, tmp_path: Path) -> None:
    ana, case = world.agent(), world.case(source=open_postbox(world, tmp_path / "posts"))
    message = reply(case, ana, "Sorry!", private=True)
    draft = undo_reply(message=message, by=ana, now=at(5.1))
    assert (draft.text, draft.private, draft.kind, draft.agent) == ("Sorry!", True, MessageKind.REPLY, ana)
    assert again(message).delivery == Delivery.UNDONE
    assert send_due(now=at(60), limit=9) == 0
    assert posts(tmp_path / "posts") == []
    assert world.facts(case) == ["ReplyQueued", "ReplyUndone"]


def test_undoing_keeps_what_was_written_since(world: World, tmp_path: Path) -> None:
    ana, case = world.agent(), world.case(source=open_postbox(world, tmp_path / "posts"))
    message = reply(case, ana, "First.")
    save_draft(case=case, by=ana, kind=MessageKind.REPLY, text="Second.", private=False, now=at(5.05))
    assert undo_reply(message=message, by=ana, now=at(5.1)).text == "First.\n\nSecond."


def test_what_was_sent_or_undone_can_not_be_undone(world: World, tmp_path: Path) -> None:
    ana, case = world.agent(), world.case(source=open_postbox(world, tmp_path / "posts"))
    message = reply(case, ana)
    send_due(now=at(6), limit=9)
    with pytest.raises(TooLate, match="has been sent"):
        undo_reply(message=message, by=ana, now=at(6))
    other = reply(case, ana)
    undo_reply(message=other, by=ana, now=at(5.1))
    with pytest.raises(TooLate, match="undone already"):
        undo_reply(message=other, by=ana, now=at(5.1))
