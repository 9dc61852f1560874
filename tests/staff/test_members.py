"""Inviting, changing roles, taking out: a link is only for who has no other way in, and an admin always stays."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from goodword.kernel.models import FactRow
from goodword.staff.change_members import LastAdmin, change_role, remove_member
from goodword.staff.invite import AlreadyMember, KnownElsewhere, SignsInAlready, invite_member, renew_link
from goodword.staff.models import Agent, Membership, Role, Team, TeamMember
from goodword.staff.sign_in import LinkSpent, issue_sign_in_link, redeem_sign_in_link
from tests.care.world import World, at


def invite(
    world: World, admin: Agent, email: str = "New@Example.org", role: Role = Role.AGENT
) -> tuple[Membership, str]:
    invitation = invite_member(workspace=world.workspace, email=email, name="New", role=role, by=admin, now=at(0))
    return invitation.membership, invitation.token


def membership(world: World, agent: Agent) -> Membership:
    return Membership.objects.get(workspace=world.workspace, agent=agent)


def test_the_link_signs_the_invited_in_once(world: World, admin: Agent) -> None:
    new, token = invite(world, admin)
    assert (new.agent.email, new.role) == ("new@example.org", Role.AGENT)
    assert redeem_sign_in_link(token=token, now=at(1)) == new.agent
    with pytest.raises(LinkSpent):
        redeem_sign_in_link(token=token, now=at(2))
    assert FactRow.objects.get(kind="MemberInvited").actor_id == admin.pk


def test_an_invitation_never_hands_out_somebody_elses_account(world: World, admin: Agent) -> None:
    elsewhere = World(slug="other").agent("Bea", Role.ADMIN)
    with pytest.raises(KnownElsewhere, match=f"goodword user add {elsewhere.email} --role agent --workspace harbour"):
        invite(world, admin, elsewhere.email)
    known = Membership.objects.create(workspace=world.workspace, agent=elsewhere, role=Role.AGENT)
    with pytest.raises(SignsInAlready):
        renew_link(membership=known, by=admin, now=at(1))


def test_who_held_an_account_before_it_came_here_is_out(world: World, admin: Agent, client: Client) -> None:
    other = World(slug="other")
    stranger = other.agent("Eve", Role.ADMIN)
    first = invite_member(
        workspace=other.workspace, email="ceo@harbour.example", name="", role=Role.AGENT, by=stranger, now=at(0)
    )
    unspent = issue_sign_in_link(agent=first.membership.agent, now=at(0))
    client.force_login(redeem_sign_in_link(token=first.token, now=at(1)))
    remove_member(membership=first.membership, by=stranger, now=at(2))
    new, token = invite(world, admin, "ceo@harbour.example", Role.ADMIN)
    assert client.get(f"/w/{world.workspace.slug}/inbox/").status_code == 302  # to sign in
    with pytest.raises(LinkSpent):
        redeem_sign_in_link(token=unspent, now=at(3))
    assert redeem_sign_in_link(token=token, now=at(3)) == new.agent


@pytest.mark.django_db(transaction=True)
def test_of_two_workspaces_that_invite_somebody_at_once_one_gets_them() -> None:
    worlds = [World(slug=slug) for slug in ("harbour", "other")]
    admins = [world.agent("Ann", Role.ADMIN) for world in worlds]
    start, refused = threading.Barrier(2), list[KnownElsewhere]()

    def ask(world: World, admin: Agent) -> None:
        start.wait()
        try:
            invite(world, admin)
        except KnownElsewhere as error:
            refused.append(error)
        finally:
            connection.close()

    with ThreadPoolExecutor() as both:
        list(both.map(ask, worlds, admins))
    assert (len(refused), Membership.objects.filter(agent__email="new@example.org").count()) == (1, 1)


def test_who_has_signed_in_gets_no_further_link(world: World, admin: Agent, settings: Any) -> None:
    new, _token = invite(world, admin)
    assert renew_link(membership=new, by=admin, now=at(1))
    Agent.objects.filter(pk=new.agent_id).update(last_login=at(2))
    new.refresh_from_db()
    with pytest.raises(SignsInAlready, match="by mail"):
        renew_link(membership=membership(world, new.agent), by=admin, now=at(3))
    settings.EMAIL_BACKEND = "goodword.config.processes.no_mail.NoMailServer"
    with pytest.raises(SignsInAlready, match=f"goodword user link {new.agent.email}"):
        renew_link(membership=membership(world, new.agent), by=admin, now=at(3))
    assert FactRow.objects.get(kind="SignInLinkRenewed").actor_id == admin.pk


def test_inviting_a_member_changes_nothing(world: World, admin: Agent) -> None:
    with pytest.raises(AlreadyMember):
        invite(world, admin, f" {admin.email.upper()} ", Role.VIEWER)
    assert membership(world, admin).role == Role.ADMIN


def test_the_last_admin_stays(world: World, admin: Agent) -> None:
    with pytest.raises(LastAdmin):
        change_role(membership=membership(world, admin), role=Role.LEAD, by=admin, now=at(0))
    with pytest.raises(LastAdmin):
        remove_member(membership=membership(world, admin), by=admin, now=at(0))
    world.agent("Zoe", Role.ADMIN)
    assert change_role(membership=membership(world, admin), role=Role.LEAD, by=admin, now=at(0)).role == Role.LEAD


def test_an_admin_who_can_not_sign_in_does_not_count(world: World, admin: Agent) -> None:
    gone = world.agent("Zoe", Role.ADMIN)
    Agent.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(LastAdmin):
        remove_member(membership=membership(world, admin), by=admin, now=at(0))


def test_who_is_taken_out_leaves_the_teams_of_this_workspace_only(world: World, admin: Agent) -> None:
    other, zoe = World(slug="other"), world.agent("Zoe")
    Membership.objects.create(workspace=other.workspace, agent=zoe)
    for one in (world, other):
        TeamMember.objects.create(workspace=one.workspace, team=one.team(), agent=zoe)
    remove_member(membership=membership(world, zoe), by=admin, now=at(0))
    assert [member.workspace for member in TeamMember.objects.filter(agent=zoe)] == [other.workspace]
    assert Membership.objects.filter(agent=zoe).count() == 1
    assert Team.objects.count() == 2
