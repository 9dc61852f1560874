"""Lays a batch of posts out for the kernel: one run of text, and the hashes of the fields that are asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

import numpy as np

from goodword.language.searches.addresses import host_and_parents, host_of
from goodword.language.searches.characters import fold, fold_value, surface_form
from goodword.language.searches.document import zones
from goodword.language.searches.kernel.characters import (
    END_OF_POST,
    END_OF_ZONE,
    SPACE_INSTEAD,
    character_table,
)
from goodword.language.searches.kernel.state import Batch
from goodword.language.searches.limits import POST_LENGTH
from goodword.language.searches.post import Post
from goodword.language.searches.programs import NUMBER_COLUMNS
from goodword.language.searches.segment import Segment, field_hash
from goodword.language.searches.terms import field_key
from goodword.language.searches.words import Kind, read_words

VALUES = ("author", "lang", "country", "channel", "thread", "title", "type", "sentiment", "emotion")
_REMEMBERED = 1 << 13
"""Values of a field; when so many are known, all are forgotten, for those that matter come again at once."""
_LONGEST_REMEMBERED = 128
_END, _ZONE = END_OF_POST.encode(), END_OF_ZONE.encode()
_BEYOND = bytes(8)
_NO_KEYS = np.zeros(0, np.uint64)


class _Hashes(dict[str | None, int]):
    """From a field's value as given to the hash of how it is compared; remembers what it met lately."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, value: str | None) -> int:
        hashed = field_hash(field_key(self._name, fold_value(value))) if value else 0
        if len(self) >= _REMEMBERED:
            self.clear()
        if not value or len(value) <= _LONGEST_REMEMBERED:
            self[value] = hashed
        return hashed


_VALUE_HASHES = {name: _Hashes(name) for name in VALUES}


def texts_of(posts: Sequence[Post]) -> list[str]:
    """What is read of each post, its texts and tags parted by END_OF_ZONE."""
    return [
        post.text
        if post.title is None and post.hashtags is None and post.mentions is None and len(post.text) <= POST_LENGTH
        else END_OF_ZONE.join([_clean(text) for _, text in zones(post)])
        for post in posts
    ]


def _clean(text: str) -> str:
    if END_OF_POST in text or END_OF_ZONE in text:
        return text.replace(END_OF_POST, SPACE_INSTEAD).replace(END_OF_ZONE, SPACE_INSTEAD)
    return text


def joined(posts: Sequence[Post], texts: list[str]) -> bytes:
    """The texts of a batch in one run of UTF-8, each closed by END_OF_POST, and what the kernel may read beyond."""
    whole = _closed(texts)
    if whole.count(_END) != len(texts) or (_ZONE in whole and _has_stray_zone(posts, whole)):
        texts = [
            text if END_OF_ZONE in text and len(zones(post)) > 1 else _clean(text)
            for post, text in zip(posts, texts, strict=True)
        ]
        whole = _closed(texts)
    return whole


def _closed(texts: list[str]) -> bytes:
    try:
        encoded = list(map(str.encode, texts))
    except UnicodeEncodeError:
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    encoded.append(_BEYOND)
    return _END.join(encoded)


def _has_stray_zone(posts: Sequence[Post], whole: bytes) -> bool:
    return whole.count(_ZONE) != sum(len(zones(post)) - 1 for post in posts)


def lay_out(segment: Segment, posts: Sequence[Post], whole: bytes, *, folded: bool) -> Batch:
    """The batch for the kernel. `whole` comes from `joined`, `folded` says that it is in folded form."""
    keys, ends = _listed(segment, posts)
    return Batch(
        text=np.frombuffer(whole, np.uint8),
        characters=character_table(folded=folded),
        columns=_value_columns(segment, posts),
        listed_keys=keys,
        listed_ends=ends,
        numbers=_numbers(segment, posts),
        folded=folded,
    )


def _value_columns(segment: Segment, posts: Sequence[Post]) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    names = [name for name in VALUES if name in segment.fields]
    columns = np.zeros((len(names), len(posts)), np.int64)
    for row, name in enumerate(names):
        values = list(map(attrgetter(name), posts))
        if any(values):
            columns[row] = np.fromiter(map(_VALUE_HASHES[name].__getitem__, values), np.int64, len(values))
    return columns.view(np.uint64)


def _numbers(segment: Segment, posts: Sequence[Post]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    terms, compared = segment.vocabulary.number_terms.tolist(), set(segment.programs.number_columns.tolist())
    if max(terms) < 0 and not compared:
        return np.empty((0, len(posts)))
    numbers = np.full((3, len(posts)), math.nan)
    for row, name in enumerate((*NUMBER_COLUMNS, "question")):
        if terms[row] >= 0 or row in compared:
            values = map(attrgetter(name), posts)
            numbers[row] = [math.nan if value is None else value for value in values]
    return numbers


def _listed(
    segment: Segment, posts: Sequence[Post]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.uint64]], np.ndarray[tuple[int], np.dtype[np.int32]]]:
    """The hashes of fields with several values, and where those of each post end."""
    readers = [read for name, read in _LISTED if name in segment.fields]
    if not readers:
        return _NO_KEYS, np.zeros(len(posts), np.int32)
    keys: list[int] = []
    ends = np.empty(len(posts), np.int32)
    for number, post in enumerate(posts):
        for read in readers:
            keys += [field_hash(key) for key in read(segment, post)]
        ends[number] = len(keys)
    return np.array(keys, np.int64).view(np.uint64), ends


def _site_keys(_: Segment, post: Post) -> Iterator[str]:
    for host in host_and_parents(host_of(post.url)) if post.url else ():
        yield field_key("site", host)


def _link_keys(_: Segment, post: Post) -> Iterator[str]:
    text = surface_form(post.text[:POST_LENGTH])
    if "://" not in text and "www." not in text.lower():
        return
    for token in read_words(text):
        if token.kind is Kind.ADDRESS:
            for host in host_and_parents(host_of(token.surface)):
                yield field_key("link", host)


def _url_keys(segment: Segment, post: Post) -> Iterator[str]:
    address = fold(post.url) if post.url else ""
    return (field_key("url", part) for part in segment.characters["url"].within(address))


def _raw_keys(segment: Segment, post: Post) -> Iterator[str]:
    text, title = post.text[:POST_LENGTH], (post.title or "")[:POST_LENGTH]
    needles = segment.characters["raw"]
    found = {*needles.within(text), *needles.within(title)} if title else needles.within(text)
    return (field_key("raw", part) for part in found)


_LISTED: tuple[tuple[str, Callable[[Segment, Post], Iterator[str]]], ...] = (
    ("site", _site_keys),
    ("link", _link_keys),
    ("url", _url_keys),
    ("raw", _raw_keys),
)
