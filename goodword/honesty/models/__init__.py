from goodword.honesty.models.draft_check import DraftCheck
from goodword.honesty.models.policy import HouseRules, Policy
from goodword.honesty.models.sent_over import SentOver
from goodword.honesty.models.statement import Statement

__all__ = ["DraftCheck", "HouseRules", "Policy", "SentOver", "Statement"]
