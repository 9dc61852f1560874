"""The full-text index, beside the hot path."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from goodword.care.models.case import Case
from goodword.care.models.message import Message
from goodword.staff.models import Scoped, ScopedQuerySet


class SearchDocument(Scoped):
    """The words of one message. Written by a job some moments later: text indexes would cost intake two thirds."""

    message = models.OneToOneField(Message, models.CASCADE, primary_key=True, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    words = SearchVectorField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="search_words"),
            # Words that stand in every other message are found by walking back in time instead.
            models.Index(fields=["workspace", "-at", "-message"], name="search_by_time"),
        ]

    def __str__(self) -> str:
        return f"words of message {self.message_id}"
