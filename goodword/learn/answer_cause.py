"""Say which article answers what is asked because of a cause."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.community.models import Article
from goodword.kernel.facts import record
from goodword.learn.events import CauseAnswered
from goodword.learn.models import CauseArticle
from goodword.staff.models import Agent
from goodword.triage.models import Cause


@transaction.atomic
def answer_cause(*, cause: Cause, article: Article | None, by: Agent | None, now: datetime) -> None:
    """Let `article` be the answer, or none. One of another workspace is none."""
    answers = CauseArticle.objects.of(cause.workspace_id).filter(cause=cause)
    if article is None or article.workspace_id != cause.workspace_id:
        article = None
        answers.delete()
    else:
        CauseArticle.objects.update_or_create(
            workspace_id=cause.workspace_id, cause=cause, defaults={"article": article}
        )
    fact = CauseAnswered(workspace_id=cause.workspace_id, cause_id=cause.pk, article_id=article.pk if article else None)
    record(fact, now=now, actor_id=by.pk if by else None)
