"""Spans of time in words."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def briefly(span: timedelta) -> str:
    """In its largest fitting unit: "40 seconds", "5 minutes", "30 hours", "4 days"."""
    seconds = max(round(span.total_seconds()), 0)
    if seconds < 120:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    if (minutes := round(seconds / 60)) < 120:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if (hours := round(seconds / 3600)) < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = round(seconds / 86_400)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
