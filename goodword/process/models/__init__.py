"""The nouns of this room."""

from goodword.process.models.hold import HeldCase
from goodword.process.models.macro import Macro, MacroRun
from goodword.process.models.policy import RECKONED, Clock, Policy
from goodword.process.models.quality import QualityAnswer, QualityQuestion, QualityReview
from goodword.process.models.routing import Ability, RoutingPlan
from goodword.process.models.rule import Rule, RuleLook, RuleRun
from goodword.process.models.step import RequiredStep, StepDone
from goodword.process.models.survey import Survey, SurveyKind, SurveyPlan

__all__ = [
    "RECKONED",
    "Ability",
    "Clock",
    "HeldCase",
    "Macro",
    "MacroRun",
    "Policy",
    "QualityAnswer",
    "QualityQuestion",
    "QualityReview",
    "RequiredStep",
    "RoutingPlan",
    "Rule",
    "RuleLook",
    "RuleRun",
    "StepDone",
    "Survey",
    "SurveyKind",
    "SurveyPlan",
]
