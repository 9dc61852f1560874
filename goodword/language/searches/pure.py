"""Matching without the kernel: the searches filed under their rarest required term, the reference for the rest.

It is what runs where numba is not installed: the same results at a tenth of the speed or less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from goodword.language.searches.document import Document
from goodword.language.searches.frequency import Frequencies
from goodword.language.searches.limits import PREFIX_LENGTH
from goodword.language.searches.numbering import Terms
from goodword.language.searches.post import Post
from goodword.language.searches.reference import holds, wildcard_pattern
from goodword.language.searches.required import Covers
from goodword.language.searches.search import Search
from goodword.language.searches.terms import KINDS, QUESTION, TermKind, field_key
from goodword.language.searches.words import Kind

SearchId = str | int
TermKey = tuple[TermKind, str]
_VALUE_FIELDS = ("author", "lang", "country", "channel", "thread", "title", "type", "sentiment", "emotion")


class PurePart:
    """Some searches of the index; it never changes."""

    def __init__(self, searches: Iterable[tuple[SearchId, Search]], frequencies: Frequencies) -> None:
        pairs = list(searches)
        self.ids = [identifier for identifier, _ in pairs]
        self._searches = [search for _, search in pairs]
        self._frequencies = frequencies
        self._removed: frozenset[int] = frozenset()
        self._filed: dict[TermKey, list[int]] = defaultdict(list)
        self._file()

    def __len__(self) -> int:
        return len(self.ids) - len(self._removed)

    def _file(self) -> None:
        terms = Terms(self._frequencies)
        covers = Covers(terms)
        for number, search in enumerate(self._searches):
            for found in min(covers.of(search.tree)).terms:
                self._filed[terms.keys[found]].append(number)
        self._patterns = [
            (key, wildcard_pattern(key[1] + "*" * (key[0] is TermKind.SHAPE_PREFIX)))
            for key in self._filed
            if key[0] in (TermKind.SHAPE, TermKind.SHAPE_PREFIX)
        ]
        self._anywhere = [key[1] for key in self._filed if key[1].startswith(("raw\0", "url\0"))]

    def match(self, posts: Sequence[Post]) -> list[list[SearchId]]:
        """For each post the ids of the searches that match it, in the order in which they were given."""
        return [self._match(Document(post)) for post in posts]

    def _match(self, document: Document) -> list[SearchId]:
        candidates = {number for key in self._keys(document) for number in self._filed.get(key, ())}
        searches = self._searches
        live = sorted(candidates - self._removed)
        return [self.ids[number] for number in live if holds(searches[number].tree, document)]

    def _keys(self, document: Document) -> Iterator[TermKey]:
        """The terms that the document has, among those that searches are filed under."""
        for kind, word in document.by_key:
            yield KINDS[kind], word
            if kind is Kind.WORD:
                for length in range(PREFIX_LENGTH, len(word) + 1):
                    yield TermKind.PREFIX, word[:length]
                yield from (key for key, pattern in self._patterns if pattern.fullmatch(word))
        for place, occurrence in document.by_place.items():
            before = document.by_place.get(place - 1)
            if occurrence.token.joined and before is not None:
                yield TermKind.PAIR, before.token.key + occurrence.token.key
        for key in self._field_keys(document):
            yield TermKind.FIELD, key

    def _field_keys(self, document: Document) -> Iterator[str]:
        post = document.post
        for name in _VALUE_FIELDS:
            yield field_key(name, document.value(name))
        for name in ("rating", "followers"):
            if getattr(post, name) is not None:
                yield field_key("has", name)
        if document.asks:
            yield QUESTION
        yield from (field_key("site", host) for host in document.site)
        yield from (field_key("link", host) for host in document.hosts)
        for key in self._anywhere:
            name, _, part = key.partition("\0")
            if part in (document.url if name == "url" else post.text) or (name == "raw" and part in (post.title or "")):
                yield key

    def without(self, number: int) -> PurePart:
        """The same searches less one."""
        part = object.__new__(PurePart)
        part.__dict__.update(self.__dict__, _removed=self._removed | {number})
        return part

    def joined(self, other: Self) -> PurePart:
        """The searches of both."""
        pairs = [
            (identifier, search)
            for part in (self, other)
            for number, (identifier, search) in enumerate(zip(part.ids, part._searches, strict=True))
            if number not in part._removed
        ]
        return PurePart(pairs, self._frequencies)
