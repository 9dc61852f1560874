"""Who may do what, among the members of a workspace."""

from __future__ import annotations

from django.db.models import QuerySet

from goodword.staff.models import Agent, Role, Workspace


def who_may(needed: Role, *, workspace: Workspace | int) -> QuerySet[Agent]:
    """Members who may do what `needed` may, by name; without those who can't sign in any more."""
    able = [role for role in Role if role.allows(needed)]
    members = Agent.objects.filter(memberships__workspace=workspace, memberships__role__in=able, is_active=True)
    return members.order_by("name", "pk")
