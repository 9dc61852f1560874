"""Customers' private data, where their words are shown outside their case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from goodword.care.customer_links import without_customer_links
from goodword.language.pii import KINDS, find, mask

IN_CASES: Final = tuple(kind for kind in KINDS if kind != "booking_code")
"""Kinds that are masked in lists of cases: an order's number is what agents tell cases apart by, and look for."""


def masked(text: str, *, kinds: Sequence[str] = KINDS) -> str:
    """The text with a kind in brackets where private data of it stood, or a link that speaks for a customer."""
    text = without_customer_links(text)
    found = find(text, kinds=kinds)
    return mask(text, found=found, names={one.kind: kind_name(one.kind) for one in found}) if found else text


def kind_name(kind: str) -> str:
    """What stands in the place of private data, in the reader's language."""
    return {
        "email": _("e-mail address"),
        "iban": _("bank account"),
        "national_id": _("identity number"),
        "card": _("card number"),
        "address": _("address"),
        "booking_code": _("booking code"),
        "phone": _("phone number"),
    }[kind]
