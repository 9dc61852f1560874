"""Mentions that the deep reader shall read again."""

from __future__ import annotations

from django.db import models

from goodword.listen.models import Mention
from goodword.staff.models import Scoped, ScopedQuerySet


class SecondLook(Scoped):
    """A mention that waits to be read more closely; the row goes when that is done."""

    mention = models.OneToOneField(Mention, models.CASCADE, related_name="+")
    worth = models.SmallIntegerField()  # 1–100, from `triage.second_look`
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-worth", "id"], name="second_looks_by_worth")]

    def __str__(self) -> str:
        return f"second look at mention {self.mention_id}"
