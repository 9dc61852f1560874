"""How long a text is, as the channel counts it: an agent who is told "12 left" must be believed by the network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import regex

from goodword.connectors.contract import Capabilities, Count

_GRAPHEME = regex.compile(r"\X")

# X's published counting (its twitter-text configuration, version 3): these ranges weigh 1, all else 2; an emoji
# sequence weighs 2 as a whole; a link weighs 23 whatever its length.
_LIGHT = re.compile("[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_EMOJI = regex.compile(r"(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\ufe0f?\u20e3)")
_LINK = re.compile(
    r"https?://[^\s<>\"]+|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|co|app|dev|info|eu|uk|de|fr|es|it|nl|se|jp|in|br|us)"
    r"(?:/[^\s<>\"]*)?(?![\w@-])",
    re.IGNORECASE,
)
_LINK_WEIGHT = 23

# Mastodon's counting (its StatusLengthValidator, and `characters_reserved_per_url`).
_FULL_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_FULL_MENTION = re.compile(r"(?<![\w/])(@\w+)@[\w.-]+\w")


def _graphemes(text: str) -> int:
    if text.isascii() and "\r" not in text:
        return len(text)
    return sum(1 for _ in _GRAPHEME.finditer(text))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _utf16(text: str) -> int:
    return sum(2 if character > "\uffff" else 1 for character in text)


def _weighted(text: str) -> int:
    without_links, links = _LINK.subn("", unicodedata.normalize("NFC", text))
    weight = links * _LINK_WEIGHT
    for cluster in _GRAPHEME.findall(without_links):
        if _EMOJI.match(cluster):
            weight += 2
        else:
            weight += sum(1 if _LIGHT.match(character) else 2 for character in cluster)
    return weight


def _shortened(text: str) -> int:
    return _graphemes(_FULL_MENTION.sub(r"\1", _FULL_LINK.sub("x" * _LINK_WEIGHT, text)))


_COUNTERS: dict[Count, Callable[[str], int]] = {
    Count.CHARACTERS: len,
    Count.GRAPHEMES: _graphemes,
    Count.UTF16: _utf16,
    Count.BYTES: _bytes,
    Count.WEIGHTED: _weighted,
    Count.SHORTENED: _shortened,
}


def length(text: str, count: Count) -> int:
    """The length of `text` in the unit the channel counts."""
    return _COUNTERS[count](text)


def remaining(text: str, capabilities: Capabilities) -> int | None:
    """How much may still be written; negative when the text is too long, None where the channel sets no limit."""
    if capabilities.max_length is None:
        return None
    return capabilities.max_length - length(text, capabilities.count)
