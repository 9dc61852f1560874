"""Amounts of money: `{% load money %}`."""

from __future__ import annotations

from django import template

from goodword.connectors.charging import plain_amount

register = template.Library()
register.filter("money", plain_amount)
