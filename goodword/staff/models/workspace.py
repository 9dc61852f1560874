"""Workspaces: a brand's own house within the installation, and who works in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Workspace(models.Model):
    """One brand. Nothing is ever read or written across workspaces."""

    NAME_LENGTH = 80

    name = models.CharField(max_length=NAME_LENGTH)
    slug = models.SlugField(max_length=40, unique=True)
    zone = models.CharField(max_length=64, default="UTC")  # IANA
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do, from most to least."""

    ADMIN = "admin", _("Admin")
    LEAD = "lead", _("Lead")
    AGENT = "agent", _("Agent")
    VIEWER = "viewer", _("Viewer")

    def allows(self, needed: Role) -> bool:
        """Whether this role may do what `needed` may."""
        order = list(Role)
        return order.index(self) <= order.index(needed)


class Membership(models.Model):
    """An agent's place in a workspace."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    agent = models.ForeignKey("staff.Agent", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.AGENT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "agent"], name="one_membership_a_workspace")]

    def __str__(self) -> str:
        return f"{self.agent} in {self.workspace}: {self.role}"

    def may(self, needed: Role) -> bool:
        """Whether the member may do what `needed` may."""
        return Role(self.role).allows(needed)
