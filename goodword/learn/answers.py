"""Answers: those that a case may need, and those that nobody has written yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from goodword.care.models import Case, Message, MessageKind
from goodword.community.find_articles import find_articles
from goodword.community.models import Article
from goodword.community.models.article import Readers
from goodword.learn.models import CauseArticle
from goodword.listen.models import Topic
from goodword.staff.models import Workspace
from goodword.triage.models import Cause

LOOKED_BACK = timedelta(days=90)
OFFERED = 4  # beside a case
_SHARED = 2  # words of a case that an article has, for it to be offered unasked
LONGEST_WHOLE = 600  # characters of an answer that goes into a reply as a whole


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A cause that no article answers, how often it was asked, and what may answer it."""

    cause: Cause
    asked: int
    likely: Sequence[Article]


def unanswered(workspace: Workspace, *, now: datetime) -> list[Unanswered]:
    """Causes of the last days without an article that stands, the most asked first."""
    standing = Article.objects.of(workspace).standing()
    answered = CauseArticle.objects.of(workspace).filter(article__in=standing).values("cause")
    cases = Case.objects.of(workspace).standing().filter(opened_at__gte=now - LOOKED_BACK, cause__isnull=False)
    counts = cases.exclude(cause__in=answered).order_by().values_list("cause").annotate(n=Count("pk"))
    asked = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    causes = Cause.objects.of(workspace).select_related("area").in_bulk([pk for pk, _n in asked])
    return [
        Unanswered(
            causes[pk],
            n,
            find_articles(Article.objects.standing(), workspace_id=workspace.pk, text=str(causes[pk]), limit=3),
        )
        for pk, n in asked
    ]


def unanswered_topics(workspace: Workspace) -> list[Topic]:
    """What people talk about just now, as topics were last found, and no article that stands is about: it may be asked
    often though nobody named a cause. The most talked about first."""
    standing = Article.objects.standing()
    return [
        topic
        for topic in Topic.objects.of(workspace).order_by("-mentions", "place")
        if not find_articles(standing, workspace_id=workspace.pk, text=topic.name, limit=1, shared=_SHARED)
    ]


def articles_for(case: Case) -> list[Article]:
    """What may answer the customer: what answers the cause of the case, then what their last words are about."""
    standing = Article.objects.standing().filter(contradicted_at=None)
    by_cause = CauseArticle.objects.of(case.workspace_id).filter(cause=case.cause_id).values("article")
    found = list(standing.of(case.workspace_id).filter(pk__in=by_cause)) if case.cause_id else []
    last = (
        Message.objects.of(case.workspace_id)
        .filter(case=case, kind=MessageKind.INBOUND)
        .select_related("mention")
        .order_by("-at", "-id")
        .first()
    )
    asked = f"{case.subject}\n{last.words if last else case.snippet}"
    found += find_articles(standing, workspace_id=case.workspace_id, text=asked, limit=OFFERED, shared=_SHARED)
    return list(dict.fromkeys(found))[:OFFERED]


def as_reply(article: Article, *, workspace: Workspace) -> str:
    """What goes into a reply: a short answer whole, of a longer one the first paragraph; what is public has a link."""
    text = article.text if len(article.text) <= LONGEST_WHOLE else article.text.split("\n\n")[0].strip()
    if article.readers != Readers.PUBLIC or article.contradicted_at is not None:
        return text
    return f"{text}\n{settings.PUBLIC_URL}{reverse('help:article', args=[workspace.slug, article.slug])}"
