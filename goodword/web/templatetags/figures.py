"""How figures are written: `{% load figures %}`."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from goodword.web.charts import lasting
from goodword.web.reports import percent

register = template.Library()
register.filter("lasting", lasting)
register.filter("percent", percent)


@register.filter
def named(key: str, names: Mapping[str, str]) -> str:
    """The name of a key, in the reader's language."""
    return names[key]
