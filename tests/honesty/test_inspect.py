from __future__ import annotations

from typing import Any

import pytest

from goodword.honesty.declare import declare_statement, withdraw_statement
from goodword.honesty.drafts import read_words
from goodword.honesty.flags import FLAGS, Approver, Level
from goodword.honesty.inspect import Draft, Found, Said, inspect
from goodword.honesty.policy import house_rules, levels_of, save_honesty_rules
from goodword.honesty.send_over import HeldBack, hold_back, keep_reason, take_reason_back
from goodword.language.searches import SearchError
from goodword.staff.models import Notice, Role
from tests.care.world import World, at

OFFER = "Why not upgrade to our premium plan?"


def look(world: World, text: str, *, public: bool = True, now: float = 0, **more: Any) -> list[Found]:
    read = read_words(world.workspace, text, public=public)
    draft = Draft(text=text, public=public, **more)
    return inspect(draft, read, workspace=world.workspace, rules=house_rules(world.workspace), now=at(now))


def flags(found: list[Found]) -> list[tuple[str, str]]:
    return [(each.flag, each.level.value) for each in found]


def rules(world: World, **changes: Any) -> None:
    given: dict[str, Any] = {
        "levels": levels_of(world.workspace),
        "confidential": "",
        "same_hours": 24,
        "same_cases": 2,
        "most_offers": 1,
        "offer_days": 30,
        "feed_offers": 3,
        "feed_days": 7,
        "approver": Approver.LEAD,
    }
    save_honesty_rules(workspace=world.workspace, by=None, now=at(0), **(given | changes))


@pytest.mark.parametrize(
    ("text", "flag", "level"),
    [
        ("You should have read the terms.", "blame", "warn"),
        ("Due to high call volumes we are slow.", "excuse", "warn"),
        ("This will never happen again.", "overpromise", "warn"),
        (OFFER, "sell", "warn"),
        ("We sent it to you at mara@example.org, your address on file.", "private", "block"),
        ("The password is tr33house1.", "secret", "block"),
    ],
)
def test_each_check_points_at_the_words(world: World, text: str, flag: str, level: str) -> None:
    [first, *_others] = look(world, text)
    assert (first.flag, first.level) == (flag, level)
    assert first.span in text
    assert first.why


@pytest.mark.parametrize(
    "text",
    [
        "Wir hätten das früher merken müssen. Das tut mir leid, ich melde mich bis Freitag.",
        "Nous sommes désolés, votre colis arrive demain.",
        "Lo siento mucho, lo revisaré hoy mismo y te escribo.",
        "申し訳ございません。すぐに確認いたします。",
    ],
)
def test_other_languages_give_no_false_finding(world: World, text: str) -> None:
    assert look(world, text) == []


def test_what_is_private_may_be_said_in_private(world: World) -> None:
    text = "We called you at 020 7946 0018."
    assert flags(look(world, text, known=["020 7946 0018"])) == [("private", "block")]
    assert look(world, text, public=False) == []


def test_confidential_words_are_found_in_private_too(world: World) -> None:
    rules(world, confidential="Project Tern\n\n  acme ")
    assert flags(look(world, "It comes with project tern.", public=False)) == [("secret", "block")]


def test_the_same_words_to_many_are_found_in_public(world: World) -> None:
    rules(world)
    text = "We are very sorry about the delay of your parcel, it is on its way to you and will be there tomorrow."
    assert look(world, text, said_before=[text]) == []
    assert flags(look(world, text, said_before=[text, text.upper()])) == [("repeated", "warn")]
    assert look(world, text, public=False, said_before=[text] * 9) == []


def test_the_policy_decides_what_a_flag_does(world: World) -> None:
    text = "You should have read the terms."
    rules(world, levels=levels_of(world.workspace) | {"blame": Level.OFF})
    assert look(world, text) == []
    rules(world, levels=levels_of(world.workspace) | {"blame": Level.BLOCK})
    assert flags(look(world, text)) == [("blame", "block")]
    assert levels_of(World("other").workspace) == {name: flag.level for name, flag in FLAGS.items()}


def test_a_statement_in_force_can_not_be_denied(world: World) -> None:
    statement = declare_statement(
        workspace=world.workspace,
        words="The checkout is down; we are working on it.",
        about="checkout",
        denies="fixed",
        until=at(60),
        by=None,
        now=at(0),
    )
    text = "Good news. The checkout is fixed."
    [found] = look(world, text)
    assert (found.flag, found.span, found.instead) == ("contradicts", "The checkout is fixed.", statement.words)
    assert look(world, text, now=60) == []
    assert look(world, text, now=-1) == []
    withdraw_statement(statement=statement, by=None, now=at(5))
    withdraw_statement(statement=statement, by=None, now=at(6))
    assert look(world, text, now=6) == []
    assert world.facts() == ["StatementDeclared", "StatementWithdrawn"]
    with pytest.raises(SearchError):
        declare_statement(workspace=world.workspace, words="x", about="(", denies="y", by=None, now=at(0))


def test_selling_is_capped_for_one_customer(world: World) -> None:
    case, ana = world.case(), world.agent()
    person = case.identity.person_id
    found = look(world, OFFER, person_id=person)
    assert flags(found) == [("sell", "warn")]
    kept = {"reason": "They asked", "by": ana, "workspace_id": world.workspace.pk, "person_id": person}
    keep_reason(found=found, subject="message:1", case=(case.pk, case.number), now=at(0), **kept)  # type: ignore[arg-type]
    [capped] = look(world, OFFER, person_id=person, now=1)
    assert (capped.level, capped.leaves_out) == ("block", True)
    assert "that is enough" in capped.why
    assert flags(look(world, OFFER, person_id=person, now=31 * 24 * 60)) == [("sell", "warn")]
    assert flags(look(world, OFFER, person_id=world.case().identity.person_id)) == [("sell", "warn")]
    take_reason_back(workspace_id=world.workspace.pk, subject="message:1")
    assert flags(look(world, OFFER, person_id=person, now=1)) == [("sell", "warn")]


def test_a_draft_is_held_back_until_the_reason_will_do(world: World) -> None:
    warned, blocked = look(world, "You should have read the terms."), look(world, "The password is tr33house1.")
    hold_back([], reason="")
    hold_back(warned, reason="Agreed")
    hold_back(blocked, reason="It is fake")
    for found, reason in ((warned, " "), (blocked, ""), (blocked, "Fake")):
        with pytest.raises(HeldBack) as held:
            hold_back(found, reason=reason)
        assert held.value.found == found


def test_of_a_block_the_leads_are_told(world: World) -> None:
    case, ana, lea = world.case(), world.agent(), world.agent("Lea", Role.LEAD)
    kept = {"reason": "It is a fake one", "by": ana, "workspace_id": world.workspace.pk, "now": at(0)}
    for number, text in enumerate(("You should have read the terms.", "The password is tr33house1.")):
        keep_reason(found=look(world, text), subject=f"message:{number}", case=(case.pk, case.number), **kept)  # type: ignore[arg-type]
    assert [(notice.agent, notice.text) for notice in Notice.objects.all()] == [(lea, "It is a fake one")]
    assert world.facts(case) == ["HonestyOverridden", "HonestyOverridden"]


def test_an_undisclosed_advert_is_stopped_where_everybody_can_read_it(world: World) -> None:
    text = "In partnership with Lumo Lamps, our desks look better than ever."
    assert flags(look(world, text)) == [("advert", "block")]
    assert flags(look(world, f"Ad: {text}")) == []
    assert flags(look(world, text, public=False)) == []


def test_a_channel_has_a_budget_of_offers(world: World) -> None:
    ana = world.agent()
    rules(world, feed_offers=2, feed_days=7, most_offers=100)
    for number in (1, 2):
        found = look(world, OFFER, feed="agora", person_id=None)
        assert flags(found) == [("sell", "warn")]
        keep_reason(
            found=found,
            reason="They asked",
            by=ana,
            workspace_id=world.workspace.pk,
            subject=f"message:{number}",
            feed="agora",
            now=at(number),
        )
    assert flags(look(world, OFFER, feed="agora", now=3)) == [("sell", "warn"), ("budget", "warn")]
    assert flags(look(world, OFFER, feed="elsewhere", now=3)) == [("sell", "warn")]
    assert flags(look(world, OFFER, feed="agora", public=False, now=3)) == [("sell", "warn")]
    assert flags(look(world, OFFER, feed="agora", now=60 * 24 * 8)) == [("sell", "warn")]


def test_a_draft_is_held_against_our_articles_and_what_we_told_this_customer(world: World) -> None:
    text = "Hello! You have 60 days to return shoes."
    article = Said(where="How long can I return shoes?", text="You can return shoes within 30 days.")
    [found] = look(world, text, articles=[article])
    assert (found.flag, found.level, found.span) == ("article", "warn", "You have 60 days to return shoes.")
    assert article.where in found.why
    assert found.instead == article.text
    [found] = look(world, text, told=[Said(where="3 May", text="A return of shoes is possible for 30 days.")])
    assert (found.flag, found.instead) == ("told", None)
    assert "3 May" in found.why
    assert flags(look(world, text.replace("60", "30"), articles=[article])) == []
