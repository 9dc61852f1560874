"""Which article answers what is asked because of a cause."""

from __future__ import annotations

from django.db import models

from goodword.community.models import Article
from goodword.staff.models import Scoped, ScopedQuerySet
from goodword.triage.models import Cause


class CauseArticle(Scoped):
    """The answer to give while the cause lasts."""

    cause = models.ForeignKey(Cause, models.CASCADE, related_name="+", db_index=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "cause"], name="one_answer_a_cause")]

    def __str__(self) -> str:
        return f"article {self.article_id} answers cause {self.cause_id}"
