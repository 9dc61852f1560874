"""What an agent is doing in a case right now: writing, or looking."""

from __future__ import annotations

from django.db import models

from goodword.care.models.case import Case
from goodword.care.models.message import MessageKind
from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class Draft(Scoped):
    """Unsent words of one agent in one case; kept within two seconds of being written."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="drafts")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=MessageKind.choices, default=MessageKind.REPLY)
    text = models.TextField(blank=True)
    private = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "agent", "kind"], name="one_draft_of_a_kind")]

    def __str__(self) -> str:
        return f"draft of {self.agent_id} in case {self.case_id}"


class Presence(Scoped):
    """An agent has a case open. Older than half a minute, it no longer counts."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="presences")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "agent"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.agent_id} in case {self.case_id}"
