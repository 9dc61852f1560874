"""Customers' words outside their case: `{% load private %}`."""

from __future__ import annotations

from django import template

from goodword.care.private_data import IN_CASES, kind_name, masked

register = template.Library()
register.filter("masked", masked)
register.filter("kind_name", kind_name)


@register.filter
def masked_subject(text: str) -> str:
    """That of a case."""
    return masked(text, kinds=IN_CASES)
