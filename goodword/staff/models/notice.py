"""Notices: what an agent should know, kept until read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.staff.models.scoped import Scoped, ScopedQuerySet


class Notice(Scoped):
    """A word to one agent about one thing, with the address to go to."""

    class Kind(models.TextChoices):
        MENTIONED = "mentioned", _("mentioned you")
        ASSIGNED = "assigned", _("assigned to you")
        DISPUTED = "disputed", _("not solved, says the customer")
        FAILED = "failed", _("a reply failed")
        WAITING = "waiting", _("a customer is waiting in the chat")
        BURST = "burst", _("talked about more than usual")
        SILENT = "silent", _("silent for longer than usual")
        LEARNED = "learned", _("the complaints have decided")
        UNWATCHED = "unwatched", _("nobody is there in our hours")
        DUE = "due", _("due soon")
        OVERDUE = "overdue", _("overdue")
        PROMISE_DUE = "promise_due", _("a promise falls due soon")
        PROMISE_BROKEN = "promise_broken", _("a promise was not kept in time")
        SENT_OVER = "sent_over", _("sent although a check blocked it")
        MAKE_GOOD = "make_good", _("something is to be given")
        RULE = "rule", _("a rule tells you")
        RULE_OFF = "rule_off", _("a rule was switched off by its faults")
        APPROVAL = "approval", _("a reply waits for approval")
        APPROVED = "approved", _("your reply was approved")
        SENT_BACK = "sent_back", _("your reply came back")
        WEBHOOK_OFF = "webhook_off", _("a webhook was switched off by its failures")

    agent = models.ForeignKey("staff.Agent", models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=60)  # as facts name it: "case:7"
    text = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "agent", "-id"], name="notices_of_agent")]
        constraints = [
            # A reaction may run twice; the same notice is given once.
            models.UniqueConstraint(fields=["workspace", "agent", "kind", "subject", "at"], name="notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
