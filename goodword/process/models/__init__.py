"""The nouns of this room."""

from goodword.process.models.policy import RECKONED, Clock, Policy
from goodword.process.models.routing import Ability, RoutingPlan

__all__ = ["RECKONED", "Ability", "Clock", "Policy", "RoutingPlan"]
