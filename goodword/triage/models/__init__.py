"""Nouns of triage: why customers complain, as areas and causes; what was learned of them; how risk is weighed."""

from goodword.triage.models.cause import Area, Audience, Cause
from goodword.triage.models.lesson import CauseLesson
from goodword.triage.models.risk_version import RiskVersion

__all__ = ["Area", "Audience", "Cause", "CauseLesson", "RiskVersion"]
