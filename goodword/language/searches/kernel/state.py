"""What the kernel works on: a vocabulary, the programs, and its notes on one post.

All arrays are one-dimensional. They are handed over as named tuples, which cost machine code nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int32]
Words32 = npt.NDArray[np.uint32]
Words64 = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]
Index = int | np.int64
Floats = npt.NDArray[np.float64]


class Vocabulary(NamedTuple):
    """The terms of all searches, as an open-addressing table of their hashes.

    `slots` holds term + 1, or 0 where free; its length is a power of two. `flags` are below. The searches
    filed under term t are `filed[filed_starts[t]:filed_starts[t + 1]]`; each needs `second` too, unless it is -1.
    `prefixes` is a bitmap of hashes, whose length is a power of two: where a bit is clear no prefix begins so.
    `shapes` are words with `?`: the lengths, and the places of the `?` as a bit set.
    """

    slots: Numbers
    keys: Words64
    flags: Bytes
    filed_starts: Numbers
    filed: Numbers
    second: Numbers
    prefixes: Words64
    shape_lengths: Numbers
    shape_places: Words64
    number_terms: Numbers
    """The terms that say that a post has a rating, has followers, and asks something; -1 if none does."""


class Programs(NamedTuple):
    """The tables of `goodword.language.searches.programs`, as arrays. The tests of search s are
    `code[starts[s]:starts[s + 1]]`, and it begins with the last of them."""

    starts: Numbers
    code: Words32
    targets: Words32
    doubts: Bytes
    unit_starts: Numbers
    unit_widths: Numbers
    element_terms: Numbers
    element_offsets: Numbers
    near_starts: Numbers
    near_units: Numbers
    near_distances: Numbers
    near_ordered: Bytes
    number_columns: Bytes
    number_lows: Floats
    number_highs: Floats


class Notes(NamedTuple):
    """What has been seen of the post at hand. A term or search is seen if its stamp is the post's; so nothing
    has to be wiped between posts."""

    stamps: Numbers
    seen: Numbers
    chain_heads: Numbers
    chain_tails: Numbers
    chain_places: Numbers
    chain_next: Numbers
    words_at: Numbers
    tags_at: Numbers
    pairs_at: Numbers
    marks: Bytes
    hits: Numbers
    letters: Words32
    """The folded letters of the word being read, as many as a word with `?` may have."""
    counts: Counts
    """See the constants below."""


class Batch(NamedTuple):
    """Posts to match. `text` is UTF-8, each post closed by END_OF_POST. `columns` holds the hashes of the
    fields with one value, one row a field, 0 where a post has none; those of fields with several are
    `listed_keys`, the ones of post p up to `listed_ends[p]`. `numbers` has the rows rating, followers,
    question; NaN where there is none."""

    text: Bytes
    characters: Words32
    columns: npt.NDArray[np.uint64]
    listed_keys: Words64
    listed_ends: Numbers
    numbers: npt.NDArray[np.float64]
    folded: bool


class Found(NamedTuple):
    """What matched: the searches of post p are `searches[ends[p - 1]:ends[p]]`; those to be put before the
    reference are given as -1 - search. A post in `slow` has to be normalised first and tried again."""

    searches: Numbers
    ends: Numbers
    slow: Bytes


POSITIONAL = 1
"""The places of this term are kept."""
HAS_CASE = 2
"""Some search asks for this word in one case."""
IS_FILED = 4
"""Some search is filed under this term."""

STAMP, HITS, CHAINED, PLACES, ZONES, DOUBT, IS_SLOW, LETTER_END, OVERFLOW = range(9)
"""Rows of `Notes.counts`: the post's stamp, terms hit, places chained, places, zones closed, doubts, whether
the post is slow, the byte after the last letter of a script without spaces, and whether room ran out."""
COUNTS = 9
ZONE_BORDER = -2
"""In `words_at`: no word, but the border between two texts of a post."""
