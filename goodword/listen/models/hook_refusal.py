"""Requests at a source's address that were not taken."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.connectors.receiving import Refusal
from goodword.listen.models.source import Source
from goodword.staff.models import Scoped, ScopedQuerySet


class HookRefusal(Scoped):
    """How many requests of one day were refused for one reason; nothing of what they said."""

    class Why(models.TextChoices):
        UNPROVEN = Refusal.UNPROVEN.value, _("not proven to be from the network")
        REPLAYED = Refusal.REPLAYED.value, _("signed too long ago")
        STRANGE = Refusal.STRANGE.value, _("of another page or account")
        MALFORMED = Refusal.MALFORMED.value, _("could not be read")
        TOO_LARGE = Refusal.TOO_LARGE.value, _("too large")
        TOO_SLOW = Refusal.TOO_SLOW.value, _("too slow")
        WRONG_METHOD = Refusal.WRONG_METHOD.value, _("of a kind that the network doesn't make")
        STOPPED = Refusal.STOPPED.value, _("came while the source was stopped")
        FAULTY = Refusal.FAULTY.value, _("the connector broke on it")

    source = models.ForeignKey(Source, models.CASCADE, related_name="hook_refusals", db_index=False)
    day = models.DateField()  # of UTC
    why = models.CharField(max_length=12, choices=Why.choices)
    count = models.PositiveBigIntegerField()
    last_at = models.DateTimeField()
    last_detail = models.TextField(blank=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "day", "why"], name="one_refusal_a_day_and_reason")]

    def __str__(self) -> str:
        return f"{self.count} refused at source {self.source_id}: {self.why}"
