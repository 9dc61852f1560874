"""Business time: how much of a span of time a calendar calls working time, and when so much of it will have passed.

PURE: no tables, no clock. Hours are read by `read_hours`, reckoned with by `WorkingTime`.
"""

from goodword.staff.business_time.read_hours import (
    BadHours,
    SpecialDay,
    read_day_hours,
    read_days,
    read_week,
    read_zone,
    write_days,
    write_hours,
    write_week,
)
from goodword.staff.business_time.spans import Span, length, merged, minus
from goodword.staff.business_time.working_time import ALWAYS, Interval, Intervals, WorkingTime, nine_to_five

__all__ = [
    "ALWAYS",
    "BadHours",
    "Interval",
    "Intervals",
    "Span",
    "SpecialDay",
    "WorkingTime",
    "length",
    "merged",
    "minus",
    "nine_to_five",
    "read_day_hours",
    "read_days",
    "read_week",
    "read_zone",
    "write_days",
    "write_hours",
    "write_week",
]
