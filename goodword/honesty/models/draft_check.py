"""A draft that the worker was asked to check, and its answer. Kept for minutes."""

from __future__ import annotations

from django.db import models

from goodword.staff.models import Scoped, ScopedQuerySet


class DraftCheck(Scoped):
    """The question and, once the worker came to it, the findings; the draft's text is thrown away with the answer."""

    key = models.CharField(max_length=64)  # digest of the draft and of who can read it
    text = models.TextField(blank=True)
    public = models.BooleanField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.JSONField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="one_check_a_draft")]
        indexes = [models.Index(fields=["asked_at"], name="draft_checks_by_age")]

    def __str__(self) -> str:
        return f"check {self.key[:8]}"
