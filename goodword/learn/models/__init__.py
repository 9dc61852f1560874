"""Nouns of learn: what goes wrong often, what is answered and done about it, and who was told."""

from goodword.learn.models.answer import CauseArticle
from goodword.learn.models.improvement import Improvement, Told
from goodword.learn.models.problem import Problem, ProblemCase
from goodword.learn.models.target import Target

__all__ = ["CauseArticle", "Improvement", "Problem", "ProblemCase", "Target", "Told"]
