"""Nouns of the community."""

from goodword.community.models.article import Article

__all__ = ["Article"]
