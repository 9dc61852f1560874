"""Change what a member may do, or take their place away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.staff.events import MemberRemoved, RoleChanged
from goodword.staff.models import Agent, Membership, Role, TeamMember


class LastAdmin(Exception):
    """Without an admin nobody could ever let anybody in again."""


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: Agent, now: datetime) -> Membership:
    """From now on they may do what `role` may. Raises `LastAdmin`."""
    if membership.role == role:
        return membership
    _keep_an_admin(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    fact = RoleChanged(workspace_id=membership.workspace_id, agent_id=membership.agent_id, role=role.value)
    record(fact, now=now, actor_id=by.pk)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: Agent, now: datetime) -> None:
    """They see nothing of this workspace any more; what they wrote stays under their name. Raises `LastAdmin`."""
    _keep_an_admin(membership)
    TeamMember.objects.of(membership.workspace_id).filter(agent=membership.agent_id).delete()
    fact = MemberRemoved(workspace_id=membership.workspace_id, agent_id=membership.agent_id)
    membership.delete()
    record(fact, now=now, actor_id=by.pk)


def _keep_an_admin(membership: Membership) -> None:
    """All admins are locked, in the same order by everyone, so that two of them can't remove each other at once."""
    active = Membership.objects.filter(workspace=membership.workspace_id, role=Role.ADMIN, agent__is_active=True)
    admins = active.select_for_update(of=("self",)).order_by("pk")
    if {admin.pk for admin in admins} == {membership.pk}:
        raise LastAdmin(_("This is the last admin of the workspace. Make somebody else an admin first."))
