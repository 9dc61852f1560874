"""The language in which customers are written to."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation


def for_customers() -> translation.override:
    """A context in which words come in the house's language: that of the agent's pages is none of the customer's."""
    return translation.override(settings.LANGUAGE_CODE)
