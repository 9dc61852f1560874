"""Links that speak for a customer, where staff read: whoever holds one can answer in the customer's name."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

# By the path and the token alone: the house may have had another address, and mail programs wrap a link into one of
# their own (where a slash is %2F), or break it at the end of a line.
_BREAK = r"(?:=?\r?\n[> ]*)?"
_SLASH = r"(?:/|%(?:25)*2F)"
_TOKEN = rf"(?:[\w-]{_BREAK}){{43}}(?![\w-])"  # as `kernel.ids.new_token` makes them
_PATH = re.compile(rf"{_SLASH}(?:s|survey){_SLASH}{_BREAK}{_TOKEN}{_SLASH}?", re.IGNORECASE | re.ASCII)
_HOUSE = re.compile(r"(?:https?://)?[\w.:%-]*/?$", re.IGNORECASE | re.ASCII)
_LONGEST_HOUSE = 300  # characters, with what stands before it


def without_customer_links(text: str) -> str:
    """The text with a word in brackets where a customer's own link stood, at whatever house. Other links stay."""
    shown, end = "", 0
    for path in _PATH.finditer(text):
        before = text[end : path.start()]
        house = _HOUSE.search(before, max(0, len(before) - _LONGEST_HOUSE))
        shown += before[: house.start() if house else None] + _("[the customer’s own link]")
        end = path.end()
    return shown + text[end:]
