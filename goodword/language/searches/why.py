"""Why a search matched a post: the places that a reader would mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from goodword.language.searches.addresses import host_and_parents, host_of
from goodword.language.searches.document import ZONE_NAMES, Document
from goodword.language.searches.limits import POST_LENGTH
from goodword.language.searches.post import Post
from goodword.language.searches.reference import Extent, extents, holds, near_extents
from goodword.language.searches.search import Search
from goodword.language.searches.tree import And, Cased, Field, InText, Is, Near, Node, Number, Or, Raw, Wildcard, Words
from goodword.language.searches.words import Kind, read_words


class Span(NamedTuple):
    """Characters `start` to `end` (end excluded) of the post's `field`. A field that counts as a whole, such
    as a rating, has 0 to 0."""

    field: str
    start: int
    end: int


def why(search: Search, post: Post) -> list[Span]:
    """What in the post made the search match, in order and without repeats; nothing if it does not match."""
    document = Document(post)
    if not holds(search.tree, document):
        return []
    return sorted(set(_spans(search.tree, document, False)))


def _spans(node: Node, document: Document, text_alone: bool) -> Iterator[Span]:
    """The spans of every part of the tree that holds. A NOT has none: it matched by what is absent."""
    match node:
        case And(children) | Or(children):
            for child in children:
                if holds(child, document, text_alone):
                    yield from _spans(child, document, text_alone)
        case InText(child):
            yield from _spans(child, document, True)
        case Near():
            for extent in near_extents(node, document, text_alone):
                yield _span(extent, node, document)
        case Words() | Wildcard() | Cased():
            for extent in extents(node, document, text_alone):
                yield _span(extent, node, document)
        case Raw(text):
            yield from _raw_spans(text, document.post)
        case Field("link", key=key):
            yield from _link_spans(key, document.post)
        case Field(name, key=key):
            yield _field_span(name, key, document)
        case Number(name):
            yield Span(name, 0, 0)
        case Is("question"):
            yield from _question_spans(document.post)
        case Is():
            yield Span("type", 0, len(document.post.type or ""))


def _span(extent: Extent, node: Node, document: Document) -> Span:
    first = document.tags.get(extent.first) or document.by_place[extent.first]
    if not (isinstance(node, Words) and node.text.startswith(("#", "@"))):
        first = document.by_place[extent.first]
    last = document.by_place[extent.last]
    return Span(ZONE_NAMES[first.zone], first.token.start, last.token.end)


def _raw_spans(text: str, post: Post) -> Iterator[Span]:
    for field, value in (("text", post.text), ("title", post.title or "")):
        start = value.find(text)
        while start >= 0:
            yield Span(field, start, start + len(text))
            start = value.find(text, start + len(text))


def _link_spans(host: str, post: Post) -> Iterator[Span]:
    for token in read_words(post.text[:POST_LENGTH]):
        if token.kind is Kind.ADDRESS and host in host_and_parents(host_of(token.surface)):
            yield Span("text", token.start, token.end)


def _question_spans(post: Post) -> Iterator[Span]:
    """The question marks; where there are none, it was read as a question."""
    marks = [token for token in read_words(post.text[:POST_LENGTH]) if token.kind is Kind.QUESTION]
    yield from (Span("text", mark.start, mark.end) for mark in marks)
    if not marks:
        yield Span("question", 0, 0)


def _field_span(name: str, key: str, document: Document) -> Span:
    if name in ("site", "url"):
        return Span("url", 0, len(document.post.url or ""))
    return Span(name, 0, len(getattr(document.post, name)))
