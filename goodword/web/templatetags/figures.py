"""How figures are written: `{% load figures %}`."""

from __future__ import annotations

from django import template

from goodword.web.charts import lasting
from goodword.web.reports import percent

register = template.Library()
register.filter("lasting", lasting)
register.filter("percent", percent)
