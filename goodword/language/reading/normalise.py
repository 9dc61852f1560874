"""What every reader does to a text before it looks at it: names and addresses become one word each, as in the
sets the weights were learned from, and what a tokeniser can't know (emoji, run-together hashtags) is spelt out.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

MAX_CHARACTERS = 1000
"""A reading is taken from this much of a text at most: what a post is about stands at its beginning."""

_MENTION = re.compile(r"@\w{1,40}")
_LINK = re.compile(r"https?://\S{1,200}|www\.\S{1,200}|pic\.twitter\.com/\S{1,40}|\bhttp\b")
_STRETCHED = re.compile(r"(\w)\1{3,}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HASHTAG = re.compile(r"#(\w{1,80})")
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]")
_JOINERS = re.compile("[\ufe0f\u200d\U0001f3fb-\U0001f3ff]")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def _emoji_words(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    return f" {name.removesuffix(' face').replace('-', ' ')} " if name else " "


def normalise(text: str) -> str:
    """The text with people, links and stretched words evened out, in one pass each: linear in its length."""
    text = html.unescape(text[:MAX_CHARACTERS])
    text = _LINK.sub("http", text)
    text = _MENTION.sub("@user", text)
    text = _STRETCHED.sub(r"\1\1\1", text)
    return _SPACE.sub(" ", text).strip()


def spell_out(text: str) -> str:
    """For a vocabulary without emoji: each named in words, a run of the same one once; #CamelCase taken apart."""
    text = _JOINERS.sub("", text)
    text = _HASHTAG.sub(lambda tag: " # " + _CAMEL.sub(" ", tag[1]), text)
    seen_last = ""

    def name(match: re.Match[str]) -> str:
        nonlocal seen_last
        if match[0] == seen_last:
            return " "
        seen_last = match[0]
        return _emoji_words(match[0])

    return _SPACE.sub(" ", _EMOJI.sub(name, text)).strip()


def spelt_out(text: str) -> str:
    """Both: what the English encoder reads."""
    return spell_out(normalise(text))
