"""Articles of the knowledge base: one question each, and its answer."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class Readers(models.TextChoices):
    """Who may read an article."""

    INSIDE = "inside", _("Our team")
    PUBLIC = "public", _("Everybody")


class ArticleQuerySet(ScopedQuerySet["Article"]):
    """Questions to articles."""

    def standing(self) -> Self:
        """Not put away."""
        return self.filter(archived_at=None)

    def public(self) -> Self:
        """What customers may read: nothing that somebody found to be wrong."""
        return self.standing().filter(readers=Readers.PUBLIC, contradicted_at=None)


class Article(Scoped):
    """A short answer, with who answers for it and until when it is believed."""

    slug = models.SlugField(max_length=80)
    title = models.CharField(_("question"), max_length=120)
    text = models.TextField(_("answer"))
    readers = models.CharField(max_length=6, choices=Readers.choices, default=Readers.INSIDE)
    owner = models.ForeignKey(Agent, models.PROTECT, related_name="+", db_index=False)
    review_on = models.DateField(_("review"))
    contradicted_at = models.DateTimeField(null=True)
    contradicted_by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    contradiction = models.CharField(max_length=300, blank=True)  # what is not so any more
    inserted = models.IntegerField(default=0)  # into how many answers
    updated_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    words = SearchVectorField()  # of title (A) and text (B): see `find_articles`
    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "slug"], name="one_article_a_slug")]
        indexes = [
            GinIndex(fields=["words"], name="article_words"),
            models.Index(fields=["workspace", "review_on"], condition=Q(archived_at=None), name="articles_by_review"),
        ]

    def __str__(self) -> str:
        return self.title

    def needs_review(self, today: date) -> bool:
        """Whether it may not be so any more: its review is due, or somebody says so."""
        return self.contradicted_at is not None or self.review_on < today
