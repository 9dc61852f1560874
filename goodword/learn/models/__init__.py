"""Nouns of learn: what goes wrong often, what is answered and done about it, who was told, and who reads
the weekly letters."""

from goodword.learn.models.answer import CauseArticle
from goodword.learn.models.improvement import Improvement, Told
from goodword.learn.models.letter import LetterReader, MailedLetter
from goodword.learn.models.problem import Problem, ProblemCase
from goodword.learn.models.target import Target

__all__ = [
    "CauseArticle",
    "Improvement",
    "LetterReader",
    "MailedLetter",
    "Problem",
    "ProblemCase",
    "Target",
    "Told",
]
