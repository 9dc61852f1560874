"""Write articles, say that one is not so any more, and put one away."""

from __future__ import annotations

from datetime import date, datetime
from itertools import chain, count

from django.db import connection, transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from goodword.community.events import ArticleArchived, ArticleContradicted, ArticleSaved
from goodword.community.models import Article
from goodword.community.models.article import Readers
from goodword.community.words import vector
from goodword.honesty.public_words import check_public_words
from goodword.honesty.send_over import hold_back, keep_reason
from goodword.kernel.facts import record
from goodword.staff.models import Agent, Role, Workspace
from goodword.staff.who_may import who_may

LONGEST = 8_000  # characters: an article answers one question


class BadArticle(Exception):
    """Something of it can't be; `field` names it."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def save_article(
    *,
    workspace: Workspace,
    article: Article | None = None,
    title: str,
    text: str,
    readers: Readers,
    owner: Agent,
    review_on: date,
    over: str = "",
    by: Agent | None,
    now: datetime,
) -> Article:
    """A new article, or `article` written anew: what contradicted it is settled then.

    What everybody may read is checked as a public reply is; `over` is why it is right all the same.
    Raises `BadArticle`, `HeldBack`.
    """
    title, text = " ".join(title.replace("\x00", "").split()), text.replace("\x00", "").strip()
    if not title or len(title) > 120:
        raise BadArticle("title", _("Ask in 1 to %(most)d characters.") % {"most": 120})
    if not text or len(text) > LONGEST:
        raise BadArticle("text", _("Answer in 1 to %(most)d characters.") % {"most": LONGEST})
    if not who_may(Role.VIEWER, workspace=workspace).filter(pk=owner.pk).exists():
        raise BadArticle("owner", _("The owner is a member of this workspace."))
    if review_on < now.date():
        raise BadArticle("review_on", _("Choose a day to come, on which somebody looks whether it is still so."))
    is_checked = by is not None and readers == Readers.PUBLIC
    found = check_public_words(workspace, all_words(title, text), now=now) if is_checked else []
    hold_back(found, reason=over)
    kept = _lock(article) if article else Article(workspace=workspace, slug=_free_slug(workspace, title))
    kept.title, kept.text, kept.readers, kept.owner, kept.review_on = title, text, readers, owner, review_on
    kept.contradicted_at = kept.contradicted_by = kept.archived_at = None
    kept.contradiction, kept.updated_at, kept.words = "", now, vector(title, text)
    kept.save()
    if by is not None:
        subject = f"article:{kept.pk}"
        keep_reason(found=found, reason=over, by=by, workspace_id=workspace.pk, subject=subject, now=now)
    fact = ArticleSaved(workspace_id=workspace.pk, article_id=kept.pk, title=title)
    record(fact, now=now, actor_id=by.pk if by else None)
    return kept


@transaction.atomic
def contradict_article(*, article: Article, why: str, by: Agent, now: datetime) -> Article:
    """Say that it is not so any more: it is flagged, and customers don't see it. Raises `BadArticle`."""
    why = " ".join(why.replace("\x00", "").split())
    if not why or len(why) > 300:
        raise BadArticle("why", _("Say in 1 to %(most)d characters what is not so any more.") % {"most": 300})
    kept = _lock(article)
    kept.contradicted_at, kept.contradicted_by, kept.contradiction = now, by, why
    kept.save(update_fields=["contradicted_at", "contradicted_by", "contradiction"])
    fact = ArticleContradicted(workspace_id=kept.workspace_id, article_id=kept.pk, title=kept.title)
    record(fact, now=now, actor_id=by.pk)
    return kept


@transaction.atomic
def archive_article(*, article: Article, by: Agent, now: datetime) -> Article:
    """Put it away; saving it brings it back. Putting away twice does so once."""
    kept = _lock(article)
    if kept.archived_at is None:
        kept.archived_at = now
        kept.save(update_fields=["archived_at"])
        fact = ArticleArchived(workspace_id=kept.workspace_id, article_id=kept.pk, title=kept.title)
        record(fact, now=now, actor_id=by.pk)
    return kept


def all_words(title: str, text: str) -> str:
    """What customers read of an article, as it is checked."""
    return f"{title}\n{text}"


def count_inserted(*, article: Article) -> None:
    """It went into one more answer."""
    Article.objects.filter(pk=article.pk).update(inserted=F("inserted") + 1)


def _lock(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)


def _free_slug(workspace: Workspace, title: str) -> str:
    """The address follows from the first title and stays, so that links keep leading there."""
    with connection.cursor() as cursor:  # of two articles with one title, the second waits for the first
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('community.article'), %s)", [workspace.pk])
    base = slugify(title, allow_unicode=False)[:60].strip("-") or "article"
    taken = set(Article.objects.of(workspace).filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in chain([base], (f"{base}-{n}" for n in count(2))) if slug not in taken)
