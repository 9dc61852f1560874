from __future__ import annotations

import pytest

from goodword.care.models import SavedReply
from goodword.care.saved_replies import (
    VARIABLES,
    ShortcutTaken,
    UnknownVariable,
    check_variables,
    delete_reply,
    fill_in,
    save_reply,
)
from goodword.care.terms import NoWords
from goodword.kernel.models import FactRow
from tests.care.world import World, at


def saved(world: World, text: str, shortcut: str = "hello") -> SavedReply:
    return save_reply(workspace=world.workspace, by=None, shortcut=shortcut, title="Hello", text=text, now=at(0))


def test_variables_are_filled_in(world: World) -> None:
    identity = world.identity("mara")
    identity.person.name = "Mara Lind"
    identity.person.save()
    case, ana = world.case("Lost parcel", identity=identity), world.agent("Ana Ode")
    text = " ".join(f"{{{{ {name} }}}}" for name in VARIABLES)
    assert fill_in(saved_reply=saved(world, text), case=case, agent=ana) == (
        f"Mara Mara Lind @mara Ana Ana Ode {case.number} Lost parcel Harbour"
    )


def test_what_is_not_known_of_a_customer_leaves_no_hole(world: World) -> None:
    identity = world.identity("")
    reply = saved(world, "Hello {{customer.first_name}}, we found {{customer.handle}}.")
    assert fill_in(saved_reply=reply, case=world.case(identity=identity), agent=world.agent()) == (
        "Hello there, we found you."
    )
    reply.refresh_from_db()
    assert reply.used == 1


@pytest.mark.parametrize("name", ["Mara", "mara", "mara@example.org", ""])
def test_nobody_is_greeted_by_a_handle(world: World, name: str) -> None:
    identity = world.identity("mara")
    identity.name = name if name != "Mara" else "Mara Lind"
    identity.save()
    reply = saved(world, "Hello {{customer.first_name}}")
    told = fill_in(saved_reply=reply, case=world.case(identity=identity), agent=world.agent())
    assert told == ("Hello Mara" if name == "Mara" else "Hello there")


def test_braces_in_a_name_mean_nothing(world: World) -> None:
    identity = world.identity()
    identity.person.name = "{{agent.name}}"
    identity.person.save()
    reply = saved(world, "Hello {{customer.name}}")
    assert fill_in(saved_reply=reply, case=world.case(identity=identity), agent=world.agent()) == (
        "Hello {{agent.name}}"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hello {{customer.firstname}}", "{{customer.first_name}}"),
        ("Hello {{ }}", "{{brand}}"),
        ("Hello {{brand", "{{brand}}"),
        ("Hello brand}}", "take the braces away"),
        ("{{customer.name}} {{x.__class__}}", "x.__class__"),
    ],
)
def test_an_unknown_variable_is_refused_with_the_one_that_was_meant(world: World, text: str, told: str) -> None:
    with pytest.raises(UnknownVariable) as refused:
        saved(world, text)
    assert told in str(refused.value)
    assert not SavedReply.objects.exists()


def test_single_braces_are_text() -> None:
    check_variables("{ok} {brand} }{")


def test_a_shortcut_is_taken_once_in_a_workspace(world: World) -> None:
    first = saved(world, "Hello")
    with pytest.raises(ShortcutTaken):
        saved(world, "Hello again")
    save_reply(
        workspace=world.workspace, by=None, saved_reply=first, shortcut="hello", title="Hi", text="Hi", now=at(1)
    )
    saved(World("other"), "Hello")
    delete_reply(saved_reply=first, by=None, now=at(2))
    assert saved(world, "Hello again").text == "Hello again"


def test_who_writes_one_stands_in_the_facts_and_how_often_it_was_used_is_kept(world: World) -> None:
    ana, reply = world.agent(), saved(world, "Hello")
    fill_in(saved_reply=reply, case=world.case(), agent=ana)
    save_reply(
        workspace=world.workspace, by=ana, saved_reply=reply, shortcut="hi", title="Hi", text="Hi there", now=at(1)
    )
    again = SavedReply.objects.get()
    assert (again.pk, again.text, again.used) == (reply.pk, "Hi there", 1)
    delete_reply(saved_reply=again, by=ana, now=at(2))
    rows = FactRow.objects.filter(subject=f"saved_reply:{reply.pk}").order_by("id")
    assert [(row.kind, row.actor_id, row.data["shortcut"]) for row in rows] == [
        ("SavedReplyWritten", None, "hello"),
        ("SavedReplyWritten", ana.pk, "hi"),
        ("SavedReplyDeleted", ana.pk, "hi"),
    ]


def test_an_empty_reply_is_refused(world: World) -> None:
    with pytest.raises(NoWords):
        saved(world, " ")
