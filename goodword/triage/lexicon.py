"""Words that say what the learned readers don't: that something is asked without asking, and that something is spam."""

from __future__ import annotations

import re
from typing import Final

_LOOKED_AT: Final = 5000  # characters
_ASKS = re.compile(
    r"\?|\b(?:how (?:do|can|long)|can (?:you|i|someone)|could you|when (?:will|is)|why (?:is|do|does|am)|"
    r"where (?:is|do)|any (?:news|update)|please (?:help|advise)|help (?:me|us|please|needed)|"
    r"(?:need|want|some|any) help)\b|^\W*help\b",
    re.IGNORECASE,
)
_SPAM = re.compile(
    r"\b(?:buy (?:followers|likes)|earn \$?\d+|work from home|crypto giveaway|free (?:iphone|gift card)|click here|"
    r"limited offer|casino|viagra|onlyfans|promo code|\d\d% off (?:designer|all|everything)|"
    r"designer (?:sunglasses|bags)|you have been selected|claim your (?:prize|reward)|dear (?:friend|winner))\b",
    re.IGNORECASE,
)
# What is offered to the brand itself; no customer asks about it.
_PITCH = re.compile(
    r"\b(?:(?:rank|first page) (?:on|of) google|seo (?:audit|service|expert|report)|website is losing customers)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S+")


def asks(text: str) -> bool:
    """Whether something is asked, with a question mark or in words such as "please help"."""
    return _ASKS.search(text[:_LOOKED_AT]) is not None


def spam(text: str) -> bool:
    """Whether somebody sells what nobody asked for. A question that names such things is none, unless it links."""
    text = text[:_LOOKED_AT]
    if _PITCH.search(text):
        return True
    return _SPAM.search(text) is not None and (_LINK.search(text) is not None or _ASKS.search(text) is None)
