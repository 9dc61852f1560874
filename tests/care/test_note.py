from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.care.draft import save_draft
from goodword.care.models import Draft, MessageKind
from goodword.care.note import add_note, mentioned
from goodword.care.terms import NoWords
from goodword.staff.models import Agent, Notice
from tests.care.world import World, at, fresh

TEAM = {1: ("Ana", "ana@x.example"), 2: ("Ana Maria", "am@x.example"), 3: ("Ben Ode", "ben@x.example")}
TEAM |= {4: ("Cleo One", "c1@x.example"), 5: ("Cleo Two", "c2@x.example"), 6: ("", "nameless@x.example")}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("@Ben please", {3}),
        ("@ben ode, please", {3}),
        ("ask @Ana Maria", {2}),
        ("ask @Ana", {1}),  # another's first name is Ana too, but she is called just that
        ("write to @ana@x.example and @BEN@x.example!", {1, 3}),
        ("mail ben@x.example", set()),
        ("@Benjamin", set()),
        ("@@Ben", set()),
        ("@nobody @", set()),
        ("@Cleo", set()),  # there are two
    ],
)
def test_who_is_mentioned(text: str, ids: set[int]) -> None:
    assert mentioned(text, TEAM) == ids


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert mentioned(text, TEAM) <= set(TEAM)


def test_a_note_is_kept_for_the_team_and_tells_whom_it_mentions(world: World) -> None:
    ana, ben, case = world.agent("Ana"), world.agent("Ben"), world.case()
    Agent.objects.create_user("carl@elsewhere.example", name="Carl")
    save_draft(case=case, by=ana, kind=MessageKind.NOTE, text="@Be", private=False, now=at(1))
    note = add_note(case=case, by=ana, text=" @Ben @Ana @Carl look ", now=at(2))
    assert (note.kind, note.text, note.delivery, note.at) == (MessageKind.NOTE, "@Ben @Ana @Carl look", "", at(2))
    assert [(notice.agent, notice.kind) for notice in Notice.objects.all()] == [(ben, Notice.Kind.MENTIONED)]
    assert not Draft.objects.exists()
    assert fresh(case).message_count == 1
    assert fresh(case).waiting_since is not None
    assert world.facts(case) == ["NoteAdded"]


def test_an_empty_note_is_refused(world: World) -> None:
    with pytest.raises(NoWords):
        add_note(case=world.case(), by=world.agent(), text=" \n", now=at(2))
