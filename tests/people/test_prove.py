"""Proof of control: a code read by one account and said by the other, and nothing less."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.kernel.clock import current_time
from goodword.listen.hear_proofs import hear_proofs
from goodword.people.likeness import likenesses
from goodword.people.merge import merge_people, undo_merge_people
from goodword.people.models import ControlProof, Identity, Person, PersonMerge
from goodword.people.prove import GOOD_FOR, NothingToProve, codes_in, hear_proof, open_proof
from goodword.staff.models import Agent
from tests.care.world import World, at

pytestmark = pytest.mark.django_db


@given(before=st.text(max_size=30), after=st.text(max_size=30))
def test_any_text_is_looked_through(before: str, after: str) -> None:
    assert all(code.startswith("GW-") and len(code) == 12 for code in codes_in(before + after))
    assert "GW-ABCD-2345" in codes_in(f"{before} gw-abcd2345 {after}")


@pytest.mark.parametrize("text", ["GW-ABCD-234", "GW-ABCD-23456", "GW-ABCD-0O1I", "XGW-ABCD-2345", ""])
def test_what_only_looks_like_a_code_is_none(text: str) -> None:
    assert codes_in(text) == []


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent()


@pytest.fixture
def mara(world: World) -> Identity:
    return world.identity("mara", channel="mastodon")


@pytest.fixture
def elsewhere(world: World) -> Identity:
    return world.identity("mara.example", channel="bluesky")


def proof() -> ControlProof:
    return ControlProof.objects.get()


def test_the_code_said_by_the_other_account_makes_one_person_with_the_evidence_and_can_be_undone(
    ana: Agent, mara: Identity, elsewhere: Identity
) -> None:
    code = open_proof(asked=mara, other=elsewhere.person, by=ana, now=at(0))
    assert code not in str(ControlProof.objects.values()), "the code stands in the message alone"
    merge = hear_proof(
        proof=proof(), said_by=elsewhere, text=f"Here it is: {code.lower()}!", author_proven=True, now=at(5)
    )
    assert merge is not None
    assert "sent to @mara (mastodon) in private was said by @mara.example (bluesky)" in merge.evidence
    elsewhere.refresh_from_db()
    assert elsewhere.person_id == mara.person_id
    assert (proof().proven_by, proof().merge) == (elsewhere, merge)
    undo_merge_people(merge=merge, by=ana, now=at(6))
    elsewhere.refresh_from_db()
    assert elsewhere.person_id != mara.person_id
    assert hear_proof(proof=proof(), said_by=elsewhere, text=code, author_proven=True, now=at(7)) is None, (
        "a code is good once"
    )


def test_a_code_in_other_hands_at_another_time_or_another_code_proves_nothing(
    world: World, ana: Agent, mara: Identity, elsewhere: Identity
) -> None:
    old = open_proof(asked=mara, other=elsewhere.person, by=ana, now=at(0))
    code = open_proof(asked=mara, other=elsewhere.person, by=ana, now=at(1))
    stranger = world.identity("eve", channel="bluesky")
    assert hear_proof(proof=proof(), said_by=stranger, text=code, author_proven=True, now=at(2)) is None
    assert hear_proof(proof=proof(), said_by=mara, text=code, author_proven=True, now=at(2)) is None, (
        "it says nothing of the other"
    )
    assert (
        hear_proof(proof=proof(), said_by=elsewhere, text=f"{old} GW-ABCD-2345", author_proven=True, now=at(2)) is None
    )
    assert hear_proof(proof=proof(), said_by=elsewhere, text=code, author_proven=True, now=at(1) + GOOD_FOR) is None
    assert not PersonMerge.objects.exists()


def test_a_code_from_a_sender_that_can_be_forged_is_only_shown_to_an_agent(
    ana: Agent, mara: Identity, elsewhere: Identity
) -> None:
    code = open_proof(asked=mara, other=elsewhere.person, by=ana, now=at(0))
    assert hear_proof(proof=proof(), said_by=elsewhere, text=code, author_proven=False, now=at(5)) is None
    assert not PersonMerge.objects.exists()
    for one, other in ((mara, elsewhere), (elsewhere, mara)):
        [found] = likenesses(one.person)
        assert found.other == other.person
        assert "can be forged" in found.evidence[0]
    merge_people(kept=mara.person, absorbed=elsewhere.person, evidence="They said so", by=ana, now=at(6))
    assert likenesses(Person.objects.get(pk=mara.person_id)) == []


def test_who_is_one_already_or_is_us_is_not_asked(
    world: World, ana: Agent, mara: Identity, elsewhere: Identity
) -> None:
    with pytest.raises(NothingToProve):
        open_proof(asked=mara, other=mara.person, by=ana, now=at(0))
    code = open_proof(asked=mara, other=elsewhere.person, by=ana, now=at(0))
    merge_people(kept=mara.person, absorbed=elsewhere.person, evidence="Same order", by=ana, now=at(1))
    elsewhere.refresh_from_db()
    assert hear_proof(proof=proof(), said_by=elsewhere, text=code, author_proven=True, now=at(2)) is None
    with pytest.raises(NothingToProve):
        open_proof(asked=mara, other=Person.objects.exclude(merged_into=None).get(), by=ana, now=at(3))
    mara.ours = True
    with pytest.raises(NothingToProve):
        open_proof(asked=mara, other=world.identity("x").person, by=ana, now=at(3))


def test_codes_are_found_in_what_was_said_since_they_were_sent(
    world: World, ana: Agent, mara: Identity, elsewhere: Identity
) -> None:
    now = current_time()
    code = open_proof(asked=mara, other=elsewhere.person, by=ana, now=at(2))
    ControlProof.objects.update(expires_at=now + timedelta(days=1))
    case = world.case("Where is it?", identity=elsewhere, source=world.new_source("B", "bluesky", "simulator"))
    assert hear_proofs(now=now) == 0
    world.inbound(case, f"It's me. {code}", when=3)
    assert hear_proofs(now=now) == 1
    assert hear_proofs(now=now) == 0
    elsewhere.refresh_from_db()
    assert elsewhere.person_id == mara.person_id


def test_likenesses_say_what_speaks_for_them(world: World, mara: Identity) -> None:
    Identity.objects.filter(pk=mara.pk).update(name="Mara Jovanović", email="mara@example.org")
    by_name = world.identity("m.jovanovic", channel="bluesky")
    Identity.objects.filter(pk=by_name.pk).update(name="mara jovanović")
    by_more = world.identity("mara", channel="email")
    Identity.objects.filter(pk=by_more.pk).update(email="mara@example.org")
    world.identity("nobody", channel="email")
    found = likenesses(Person.objects.get(pk=mara.person_id))
    assert [(one.other.pk, list(one.evidence)) for one in found] == [
        (by_more.person_id, ["the same e-mail address on mastodon and email", "the same handle, @mara"]),
        (by_name.person_id, ["the same name, Mara Jovanović"]),
    ]
