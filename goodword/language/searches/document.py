"""A post cut into words once, for the reference matcher."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from goodword.language.searches.addresses import host_and_parents, host_of
from goodword.language.searches.characters import fold, fold_value
from goodword.language.searches.limits import POST_LENGTH
from goodword.language.searches.post import Post
from goodword.language.searches.words import Kind, Token, read_words

GAP = 1_000_000
"""Places between text, title and given tags, so that no phrase and no NEAR reaches across."""
TEXT, TITLE, HASHTAGS, MENTIONS = range(4)
ZONE_NAMES = ("text", "title", "hashtags", "mentions")
QUESTION_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A word at a place; `zone` says which text it stands in, `token` where in that text."""

    zone: int
    token: Token


class Document:
    """The words of a post by key, with their places, and its fields as they are compared."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.by_key: dict[tuple[Kind, str], list[int]] = defaultdict(list)
        self.by_place: dict[int, Occurrence] = {}
        self.tags: dict[int, Occurrence] = {}
        self.hosts: set[str] = set()
        self.asks = (post.question or 0) >= QUESTION_THRESHOLD
        for number, (zone, text) in enumerate(zones(post)):
            self._read(zone, text, number * GAP)

    def _read(self, zone: int, text: str, base: int) -> None:
        for token in read_words(text):
            place = base + token.position
            if token.kind is Kind.QUESTION:
                self.asks = self.asks or zone == TEXT
            elif token.kind is Kind.ADDRESS:
                if zone == TEXT:
                    self.hosts.update(host_and_parents(host_of(token.surface)))
            else:
                occurrences = self.tags if token.kind is Kind.TAG else self.by_place
                occurrences[place] = Occurrence(zone, token)
                self.by_key[token.kind, token.key].append(place)

    @cached_property
    def site(self) -> list[str]:
        """The host of the post's own address, and its parents."""
        return host_and_parents(host_of(self.post.url or ""))

    @cached_property
    def url(self) -> str:
        """The post's own address, folded."""
        return fold(self.post.url or "")

    def value(self, name: str) -> str:
        """A field's value as it is compared; "" where the post has none."""
        value = getattr(self.post, name)
        return fold_value(value) if value else ""


def zones(post: Post) -> list[tuple[int, str]]:
    """The texts of a post in the order in which their words are counted."""
    found = [(TEXT, post.text[:POST_LENGTH])]
    if post.title:
        found.append((TITLE, post.title[:POST_LENGTH]))
    found += [(HASHTAGS, "#" + tag.strip().removeprefix("#")) for tag in post.hashtags or ()]
    found += [(MENTIONS, "@" + name.strip().removeprefix("@")) for name in post.mentions or ()]
    return found
