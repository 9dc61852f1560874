"""Cases: what a customer needs, followed until they say it is solved."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goodword.listen.models import Mention, Source, Thread
from goodword.people.models import Identity
from goodword.staff.models import Agent, Scoped, ScopedQuerySet, Team
from goodword.triage.models import Cause
from goodword.triage.reasons import sentence
from goodword.triage.risk import Part


class State(models.TextChoices):
    """Where a case stands with us. Whether it is solved is the customer's word, and stands on the episode."""

    OPEN = "open", _("Open")
    PENDING = "pending", _("Waiting for the customer")
    SNOOZED = "snoozed", _("Snoozed")
    RESOLVED = "resolved", _("Resolved")


class Priority(models.IntegerChoices):
    """How urgent a case is. Numbers leave room and sort."""

    NONE = 0, _("None")
    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")
    URGENT = 4, _("Urgent")


class Label(Scoped):
    """A word that cases are sorted by."""

    name = models.CharField(_("name"), max_length=60)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="one_label_of_a_name")]

    def __str__(self) -> str:
        return self.name


class CaseQuerySet(ScopedQuerySet["Case"]):
    """Questions to cases."""

    def standing(self) -> Self:
        """Not merged away."""
        return self.filter(merged_into=None)

    def unresolved(self) -> Self:
        """Still ours to solve, whoever is waited for."""
        return self.standing().exclude(state=State.RESOLVED)


class Case(Scoped):
    """One need of one customer. What the inbox shows of it is kept on the row, so that a list is one query."""

    number = models.BigIntegerField()  # counts within the workspace
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=40)
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, related_name="+")
    identity = models.ForeignKey(Identity, models.PROTECT, related_name="+", db_index=False)
    opening_mention = models.ForeignKey(Mention, models.SET_NULL, null=True, related_name="+")
    subject = models.CharField(_("subject"), max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.NONE)
    assignee = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+", db_index=False)
    labels = models.ManyToManyField(Label, related_name="cases")
    # Why it came about, as an agent confirmed it. None: nobody has said yet.
    cause = models.ForeignKey(Cause, models.SET_NULL, null=True, related_name="+", db_index=False)
    risk = models.SmallIntegerField(default=0)  # 0–100
    risk_parts = models.JSONField(default=list)  # of `triage.risk.Part`, the heaviest first
    snippet = models.CharField(max_length=160, blank=True)  # start of the last message
    message_count = models.IntegerField(default=0)
    opened_at = models.DateTimeField()  # when the customer first spoke
    last_message_at = models.DateTimeField()
    last_inbound_at = models.DateTimeField()
    last_inbound_id = models.BigIntegerField(default=0)  # Message; a composer older than this is stale
    waiting_since = models.DateTimeField(null=True)  # first message of the customer not answered yet
    next_due_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    continues = models.ForeignKey("self", models.SET_NULL, null=True, related_name="continued_by")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="absorbed")
    created_at = models.DateTimeField()
    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "number"], name="one_case_a_number")]
        indexes = [
            # The inbox: by view, newest or riskiest first, by keyset.
            models.Index(fields=["workspace", "state", "-last_message_at", "-id"], name="inbox_by_time"),
            models.Index(fields=["workspace", "state", "-risk", "-last_message_at", "-id"], name="inbox_by_risk"),
            models.Index(fields=["workspace", "assignee", "state", "-last_message_at", "-id"], name="inbox_of_agent"),
            models.Index(fields=["workspace", "team", "state", "-last_message_at", "-id"], name="inbox_of_team"),
            models.Index(fields=["workspace", "identity", "-opened_at"], name="cases_of_identity"),
            models.Index(fields=["workspace", "-last_message_at", "-id"], name="cases_by_time"),
            models.Index(
                fields=["workspace", "waiting_since", "id"],
                condition=Q(waiting_since__isnull=False),
                name="inbox_by_waiting",
            ),
            models.Index(
                fields=["workspace", "next_due_at", "id"],
                condition=Q(next_due_at__isnull=False),
                name="inbox_by_due",
            ),
            models.Index(fields=["snoozed_until"], condition=Q(state="snoozed"), name="snoozed_cases"),
            models.Index(
                fields=["workspace", "cause", "-last_message_at", "-id"],
                condition=Q(cause__isnull=False),
                name="cases_of_cause",
            ),
            models.Index(
                fields=["workspace", "-opened_at", "cause"], condition=Q(cause__isnull=False), name="causes_by_time"
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.number}"

    @property
    def risk_reasons(self) -> list[Part]:
        """Why the risk is what it is, the heaviest reason first."""
        return [Part(**part) for part in self.risk_parts]

    @property
    def risk_is_capped(self) -> bool:
        """Whether its reasons together are more than the risk that it may have: see `triage.risk`."""
        return sum(part.points for part in self.risk_reasons) > self.risk

    @property
    def risk_sentence(self) -> str:
        """The same in one sentence."""
        return sentence(part.because for part in self.risk_reasons)


def is_overdue(next_due_at: datetime | None, now: datetime) -> bool:
    """Whether a case's next deadline has passed; lists that read values alone ask here too."""
    return next_due_at is not None and next_due_at < now


class CaseSeen(Scoped):
    """Up to which message an agent has seen a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="seen_by")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+", db_index=False)
    last_message_id = models.BigIntegerField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "agent", "case"], name="seen_once_by_agent")]

    def __str__(self) -> str:
        return f"case {self.case_id} seen by {self.agent_id}"
