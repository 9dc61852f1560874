"""How figures are written: `{% load figures %}`."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from goodword.web.charts import lasting
from goodword.web.reports import percent

register = template.Library()
register.filter("lasting", lasting)
register.filter("percent", percent)
_HOUR = 3600


@register.filter
def worked(seconds: float | None) -> str:
    """A duration of working time: never in days, which have as many hours as a calendar gives them."""
    if seconds is None or seconds < _HOUR:
        return lasting(seconds)
    return _("%s h") % f"{seconds / _HOUR:.1f}".removesuffix(".0")


@register.filter
def points(score: float) -> str:
    """A score from -1 to 1 in points of a hundred, with its sign: +34, −7, 0."""
    rounded = round(100 * score)
    return f"−{-rounded}" if rounded < 0 else f"+{rounded}" if rounded else "0"
