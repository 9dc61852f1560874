"""The nouns of this room."""

from goodword.process.models.policy import RECKONED, Clock, Policy

__all__ = ["RECKONED", "Clock", "Policy"]
