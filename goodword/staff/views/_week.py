"""What the forms of calendars and rosters share: a week of hours, and the page they lead back to."""

from __future__ import annotations

from django.urls import reverse
from django.utils.dates import WEEKDAYS

from goodword.staff.membership import MemberRequest


def typed_week(request: MemberRequest) -> list[str]:
    return [request.POST.get(f"day-{day}", "")[:200] for day in range(7)]


def days(written: list[str], problems: dict[str, str]) -> list[dict[str, str]]:
    """The seven fields of a week: name of the day, what stands in it, and what is wrong with that."""
    return [
        {"field": f"day-{day}", "label": str(WEEKDAYS[day]), "hours": hours, "error": problems.get(f"day-{day}", "")}
        for day, hours in enumerate(written)
    ]


def hours_page(request: MemberRequest) -> str:
    return reverse("team:hours", args=[request.workspace.slug])
