"""Nouns of triage: why customers complain, as areas and causes, and what was learned of them."""

from goodword.triage.models.cause import Area, Audience, Cause
from goodword.triage.models.lesson import CauseLesson

__all__ = ["Area", "Audience", "Cause", "CauseLesson"]
