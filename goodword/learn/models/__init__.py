"""Nouns of learn: what goes wrong often, what is done about it, and who was told."""

from goodword.learn.models.improvement import Improvement, Told
from goodword.learn.models.problem import Problem, ProblemCase

__all__ = ["Improvement", "Problem", "ProblemCase", "Told"]
