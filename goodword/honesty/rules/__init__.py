"""Check a draft: `check` gives its findings. No tables, no clock; English."""

from goodword.honesty.rules.check import check, check_words
from goodword.honesty.rules.finding import FAULTS, GOOD, Finding

__all__ = ["FAULTS", "GOOD", "Finding", "check", "check_words"]
