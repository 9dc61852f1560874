"""What the kernel works on: a vocabulary, the programs, and its notes on one post.

They are handed over as named tuples, which cost machine code nothing.
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
Slots = np.ndarray[tuple[int, int], np.dtype[np.uint64]]
Rows = np.ndarray[tuple[int, int], np.dtype[np.int32]]


class Vocabulary(NamedTuple):
    """The terms of all searches, as an open-addressing table of their hashes.

    `slots` holds, with the columns below, a hash and its term + 1, or 0 where free; its length is a power of two.
    `known` is a bitmap of the hashes, its length a power of two as well, that tells most words apart which are no
    terms. `flags` are below. The searches filed under term t are the rows `filed[filed_starts[t]:filed_starts[t + 1]]`,
    with the columns below. `beginnings` says, for a hash of the first three bytes of a word, how long the beginnings
    are that are looked for among such words; its length is a power of two. `shapes` are words with `?`: the lengths,
    and the places of the `?` as a bit set.
    """

    slots: Slots
    keys: Words64
    known: Words64
    flags: Bytes
    filed_starts: Numbers
    filed: Rows
    beginnings: Words64
    shape_lengths: Numbers
    shape_places: Words64
    number_terms: Numbers
    """The terms that say that a post has a rating, has followers, and asks something; -1 if none does."""


KEY, TERM = range(2)
"""Columns of `Vocabulary.slots`."""
SEARCH, SECOND, PROGRAM, MARKS = range(4)
FILED_COLUMNS = 4
"""Columns of `Vocabulary.filed`: the search, another term that it needs or -1, the test its program starts from or -1
if it needs none, and its `Doubt`s and whether it is REPEATED. What most candidates need so lies side by side."""


class Programs(NamedTuple):
    """The tables of `goodword.language.searches.programs`, as arrays."""

    tests: Words64
    units: Rows
    elements: Rows
    nears: Rows
    number_columns: Bytes
    number_lows: Floats
    number_highs: Floats


class Notes(NamedTuple):
    """What has been seen of the post at hand. A term or search is seen if its stamp is the post's; so nothing
    has to be wiped between posts.

    Of each place in the text: the term of its word or -1, the word's hash or 0 if it has been looked up, and the bytes
    at which it starts and ends. `begun` are the places of words that may begin as searches ask, `pending` those of
    words, or beginnings with their `begun_keys`, that may be terms."""

    stamps: Numbers
    seen: Numbers
    chain_heads: Numbers
    chain_tails: Numbers
    chain_places: Numbers
    chain_next: Numbers
    words_at: Numbers
    word_keys: Words64
    word_starts: Numbers
    word_ends: Numbers
    begun: Numbers
    begun_keys: Words64
    pending: Numbers
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
    question, or none if no search asks for any; NaN where a post has none."""

    text: Bytes
    characters: Words32
    columns: npt.NDArray[np.uint64]
    listed_keys: Words64
    listed_ends: Numbers
    numbers: npt.NDArray[np.float64]
    folded: bool


class Found(NamedTuple):
    """What matched: the matches of post p are `matches[ends[p - 1]:ends[p]]`, in no order. The lowest bit says that the
    search is to be put before the reference, the others below POST_SHIFT are its number, those above p; so a sort puts
    the matches of all posts in order. A post in `slow` has to be normalised first and tried again."""

    matches: Counts
    ends: Numbers
    slow: Bytes


POST_SHIFT = 32
POSITIONAL = 1
"""The places of this term are kept."""
HAS_CASE = 2
"""Some search asks for this word in one case."""
IS_FILED = 4
"""Some search is filed under this term."""

STAMP, HITS, CHAINED, PLACES, BEGUN, ZONES, DOUBT, IS_SLOW, LETTER_END, OVERFLOW = range(10)
"""Rows of `Notes.counts`: the post's stamp, terms hit, places chained, places, places in `begun`, zones closed, doubts,
whether the post is slow, the byte after the last letter of a script without spaces, and whether room ran out."""
COUNTS = 10
ZONE_BORDER = -2
"""In `words_at`: no word, but the border between two texts of a post."""
