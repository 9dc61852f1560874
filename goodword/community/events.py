"""Facts that the community announces."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ArticleFact(Fact):
    """Something that happened to an article of the knowledge base."""

    article_id: int
    title: str

    about = "article_id"


@dataclass(frozen=True, kw_only=True)
class ArticleArchived(ArticleFact):
    """It was put away: nobody finds it any more."""


@dataclass(frozen=True, kw_only=True)
class ArticleContradicted(ArticleFact):
    """An agent says that it is not so any more; customers don't see it until it is written anew."""


@dataclass(frozen=True, kw_only=True)
class ArticleSaved(ArticleFact):
    """It was written, or written anew."""
