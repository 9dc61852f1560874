"""One-time sign-in links."""

from __future__ import annotations

from django.db import models


class SignInLink(models.Model):
    """Signs one agent in, once, until it expires. Only the token's digest is stored."""

    agent = models.ForeignKey("staff.Agent", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for agent {self.agent_id}"
