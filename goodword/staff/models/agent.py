"""Agents: the people of the brand who use Goodword."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class AgentManager(BaseUserManager["Agent"]):
    """Makes agents. An agent without a password signs in by link only."""

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Agent:
        """Create an agent; the e-mail address is kept in lower case, so that it is found however it is typed.

        It counts as confirmed: an admin vouches for it, and there is no page where an agent could add another.
        """
        from allauth.account.models import EmailAddress  # its table refers to ours, so ours is loaded first

        agent = self.model(email=self.normalize_email(email).lower(), **fields)
        agent.set_password(password)
        agent.save()
        EmailAddress.objects.create(user=agent, email=agent.email, verified=True, primary=True)
        return agent


class Agent(AbstractBaseUser):
    """Someone who signs in. What they may do is said per workspace, by their membership."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Rule 3 of the look: single keys can be switched off.
    single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    theme = models.CharField(
        max_length=5, choices=[("", _("as the device")), ("light", _("light")), ("dark", _("dark"))], blank=True
    )
    language = models.CharField(max_length=10, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AgentManager()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        """Up to two letters, for the avatar."""
        return "".join(word[0] for word in self.name.split()[:2]).upper() or self.email[0].upper()

    @property
    def first_name(self) -> str:
        """What customers see a reply signed with."""
        return self.name.split(" ")[0]
