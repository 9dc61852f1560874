"""Find the promises of a draft, their due words, and the moment those stand for. No clock, no tables, linear time."""

from goodword.promises.rules.due_time import moment
from goodword.promises.rules.find import Promise, find
from goodword.promises.rules.working_day import BadDue, WorkingDay

__all__ = ["BadDue", "Promise", "WorkingDay", "find", "moment"]
