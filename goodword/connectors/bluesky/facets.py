"""What in a text is a mention, a link or a hashtag, as the network wants it told: by positions in UTF-8 bytes. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

_LINK = re.compile(r"(?<![\w@/])https?://[^\s<>\"]+")
_MENTION = re.compile(
    r"(?<![\w@./])@((?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]{0,61})(?![\w-])"
)
_TAG = re.compile(r"(?<![\w#/&])#(?!\d+(?!\w))(\w{1,64})")
_TRAILING = ".,;:!?'’”»"  # ends a sentence, not an address

Resolve = Callable[[str], str | None]
"""The DID of a handle, None where nobody has it."""


def facets_of(text: str, resolve: Resolve) -> list[dict[str, Any]]:
    """`app.bsky.richtext.facet` for each, in the order of the text; they don't overlap."""
    found = sorted((*_links(text), *_mentions(text, resolve), *_tags(text)), key=lambda each: each[0])
    facets: list[dict[str, Any]] = []
    end = 0
    for start, stop, feature in found:
        if start < end:
            continue  # within what came before: a tag in a link
        end = stop
        index = {"byteStart": _bytes(text[:start]), "byteEnd": _bytes(text[:stop])}
        facets.append({"index": index, "features": [feature]})
    return facets


def _links(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in _LINK.finditer(text):
        address = match[0].rstrip(_TRAILING)
        while address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1].rstrip(_TRAILING)
        yield (
            match.start(),
            match.start() + len(address),
            {"$type": "app.bsky.richtext.facet#link", "uri": address},
        )


def _mentions(text: str, resolve: Resolve) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in _MENTION.finditer(text):
        if did := resolve(match[1].lower()):
            yield match.start(), match.end(), {"$type": "app.bsky.richtext.facet#mention", "did": did}


def _tags(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in _TAG.finditer(text):
        yield match.start(), match.end(), {"$type": "app.bsky.richtext.facet#tag", "tag": match[1]}


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
