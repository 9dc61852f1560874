"""Attachments that customers sent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.listen.models.mention import Mention
from goodword.staff.models import Scoped, ScopedQuerySet


class Attachment(Scoped):
    """A file that came with a mention. Served from our own origin only, after it was sniffed and re-encoded."""

    class State(models.TextChoices):
        WAITING = "waiting", _("not looked at yet")
        READY = "ready", _("ready")
        REFUSED = "refused", _("refused")

    mention = models.ForeignKey(Mention, models.CASCADE, related_name="attachments")
    filename = models.CharField(max_length=255)
    declared_type = models.CharField(max_length=100, blank=True)
    sniffed_type = models.CharField(max_length=100, blank=True)
    alt = models.TextField(blank=True)
    inline_id = models.CharField(max_length=255, blank=True)
    remote_url = models.TextField(blank=True)
    stored_as = models.CharField(max_length=100, blank=True)  # name in the file store
    size = models.BigIntegerField(default=0)  # bytes
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)  # to look at it, that ended in something unforeseen
    reason = models.CharField(max_length=200, blank=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "stored_as"], name="attachments_by_name"),
            models.Index(fields=["id"], condition=models.Q(state="waiting"), name="attachments_waiting"),
        ]

    def __str__(self) -> str:
        return self.filename
