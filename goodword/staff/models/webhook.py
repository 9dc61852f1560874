"""Webhooks: another system that is told what people are told, and what it was told."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.staff.models.scoped import Scoped, ScopedQuerySet


class Webhook(Scoped):
    """An address that is told, each time with a signature."""

    class About(models.TextChoices):
        DEADLINES = "deadlines", _("deadlines, where a policy says so")
        HOURS = "hours", _("hours that nobody watches")
        CAUSES = "causes", _("causes that came back after their fix")

    name = models.CharField(_("name"), max_length=60)
    url = models.CharField(_("address"), max_length=500)
    sealed = models.BinaryField()  # its secrets: "current", and for a day after a new one "previous"
    previous_until = models.DateTimeField(null=True)
    about = ArrayField(models.CharField(max_length=20, choices=About.choices), default=list)
    failing_since = models.DateTimeField(null=True)
    off_since = models.DateTimeField(null=True)
    off_because = models.CharField(max_length=200, blank=True)  # empty: somebody switched it off
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="one_webhook_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        """Where it goes, without the path, which may hold a secret of the other side's."""
        return urlsplit(self.url).netloc


class WebhookDelivery(Scoped):
    """One thing that a webhook is told. It goes out until it arrives or has been tried too often."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    key = models.CharField(max_length=40)  # the same at each attempt, so that the other side knows a repeat
    kind = models.CharField(max_length=40)  # e.g. "deadline.missed"
    body = models.TextField()  # JSON, as it is sent and signed
    made_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)  # null: it is over, or its webhook is off
    delivered_at = models.DateTimeField(null=True)
    says = models.CharField(max_length=200, blank=True)  # what came of the last attempt
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "key"], name="webhook_delivery_key")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "webhook", "-id"], name="deliveries_of_webhook"),
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="deliveries_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.webhook_id}"
