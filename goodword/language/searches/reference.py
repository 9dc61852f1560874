"""The reference matcher: the rules of a match as plainly as they can be written.

It is what every faster way is compared with, what decides the rare constructs they cannot, and what says
why a search matched. Its unit of evidence is an `Extent`, a run of word places.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from goodword.language.searches.document import TEXT, Document
from goodword.language.searches.limits import POST_LENGTH
from goodword.language.searches.post import Post
from goodword.language.searches.search import Search
from goodword.language.searches.tree import (
    And,
    Cased,
    Field,
    InText,
    Is,
    Near,
    Node,
    Not,
    Number,
    Or,
    Part,
    Raw,
    Unit,
    Wildcard,
    Words,
)
from goodword.language.searches.words import Kind


class Extent(NamedTuple):
    """A run of places, both ends included."""

    first: int
    last: int


def matches(search: Search, post: Post | Document) -> bool:
    """Whether the search matches the post. A `Document` saves cutting the same post into words again."""
    document = post if isinstance(post, Document) else Document(post)
    return holds(search.tree, document)


def holds(node: Node, document: Document, text_alone: bool = False) -> bool:
    """Whether a tree holds for a document; `text_alone` leaves out the title and the given tags."""
    match node:
        case Words() | Wildcard() | Cased():
            return bool(extents(node, document, text_alone))
        case And(children):
            return all(holds(child, document, text_alone) for child in children)
        case Or(children):
            return any(holds(child, document, text_alone) for child in children)
        case Not(child):
            return not holds(child, document, text_alone)
        case Near():
            return bool(near_extents(node, document, text_alone))
        case InText(child):
            return holds(child, document, True)
    return _field_holds(node, document)


def _field_holds(node: Node, document: Document) -> bool:
    post = document.post
    match node:
        case Raw(text):
            return text in post.text[:POST_LENGTH] or text in (post.title or "")[:POST_LENGTH]
        case Field("site", key=key):
            return key in document.site
        case Field("link", key=key):
            return key in document.hosts
        case Field("url", key=key):
            return key in document.url
        case Field(name, key=key):
            return document.value(name) == key
        case Is("question"):
            return document.asks
        case Is(what):
            return document.value("type") == what
        case Number(name, low, high):
            number = getattr(post, name)
            return number is not None and low <= number <= high
    raise TypeError(f"not a leaf: {node!r}")


def extents(unit: Unit, document: Document, text_alone: bool = False) -> list[Extent]:
    """Where a word, phrase or wildcard stands, by place."""
    if isinstance(unit, Wildcard):
        found = _wildcard_extents(unit, document)
    elif isinstance(unit, Words) and unit.loose is not None:
        found = _loose_extents(unit, document)
    else:
        found = _phrase_extents(unit.parts, unit.width, document, cased=isinstance(unit, Cased))
    return [extent for extent in found if document.by_place[extent.first].zone == TEXT] if text_alone else found


def _phrase_extents(parts: Sequence[Part], width: int, document: Document, *, cased: bool = False) -> list[Extent]:
    first = parts[0]
    starts = document.by_key.get((first.kind, first.key), ())
    return [
        Extent(start, start + width - 1)
        for start in starts
        if all(_stands(part, start + part.offset, document, cased) for part in parts)
    ]


def _stands(part: Part, place: int, document: Document, cased: bool) -> bool:
    occurrences = document.tags if part.kind is Kind.TAG else document.by_place
    occurrence = occurrences.get(place)
    if occurrence is None:
        return False
    token = occurrence.token
    if (token.kind, token.key) != (part.kind, part.key) or (part.joined and not token.joined):
        return False
    return not cased or _same_case(token.surface, part.surface)


def _same_case(surface: str, wanted: str) -> bool:
    return surface.replace("’", "'") == wanted.replace("’", "'")


@lru_cache(4096)
def wildcard_pattern(pattern: str) -> re.Pattern[str]:
    """The pattern that a folded word with wildcards stands for."""
    body = re.escape(pattern.removesuffix("*")).replace(r"\?", ".")
    return re.compile(body + (".*" if pattern.endswith("*") else ""), re.DOTALL)


def _wildcard_extents(unit: Wildcard, document: Document) -> list[Extent]:
    pattern = wildcard_pattern(unit.pattern)
    shift = unit.width - 1
    ends = sorted(
        place
        for (kind, key), places in document.by_key.items()
        if kind is Kind.WORD and pattern.fullmatch(key)
        for place in places
    )
    return [
        Extent(end - shift, end)
        for end in ends
        if all(_stands(part, end - shift + part.offset, document, False) for part in unit.before)
    ]


def _loose_extents(unit: Words, document: Document) -> list[Extent]:
    """The shortest window that ends at each place, holds every word, and at most `loose` others."""
    assert unit.loose is not None
    wanted = Counter((part.kind, part.key) for part in unit.parts)
    places = sorted((place, key) for key in wanted for place in document.by_key.get(key, ()))
    window: deque[tuple[int, tuple[Kind, str]]] = deque()
    inside: Counter[tuple[Kind, str]] = Counter()
    found = []
    for place, key in places:
        window.append((place, key))
        inside[key] += 1
        while inside[window[0][1]] > wanted[window[0][1]]:
            inside[window.popleft()[1]] -= 1
        full = all(inside[key] >= count for key, count in wanted.items())
        if full and place - window[0][0] + 1 - len(unit.parts) <= unit.loose:
            found.append(Extent(window[0][0], place))
    return found


def near_extents(node: Near, document: Document, text_alone: bool = False) -> list[Extent]:
    """The pairs of a NEAR that are close enough, each side's extent in turn."""
    left = _side_extents(node.left, document, text_alone)
    right = _side_extents(node.right, document, text_alone)
    found = _followed(left, right, node.distance)
    if not node.ordered:
        found += _followed(right, left, node.distance)
    return found


def _side_extents(node: Node, document: Document, text_alone: bool) -> list[Extent]:
    if isinstance(node, Or):
        return sorted({extent for child in node.children for extent in _side_extents(child, document, text_alone)})
    assert isinstance(node, Unit)
    return extents(node, document, text_alone)


def _followed(before: list[Extent], after: list[Extent], distance: int) -> list[Extent]:
    """For each extent of `after`, the nearest of `before` that ends before it, if close enough."""
    found = []
    ends = sorted(before, key=lambda extent: extent.last)
    index = 0
    for extent in sorted(after):
        while index < len(ends) and ends[index].last < extent.first:
            index += 1
        if index and extent.first - ends[index - 1].last - 1 <= distance:
            found += [ends[index - 1], extent]
    return found
