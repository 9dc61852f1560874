"""What bounds a search and a post, so that no input makes matching slower than linear."""

from __future__ import annotations

SEARCH_LENGTH = 4096
"""Characters of a search as typed."""
SEARCH_TERMS = 256
"""Words, tags, handles, wildcards and field values of one search; each word of a phrase counts."""
SEARCH_DEPTH = 32
"""Brackets inside brackets."""
WILDCARD_LENGTH = 64
"""Characters of a word with a `?` in it."""
PREFIX_LENGTH = 3
"""Characters that must stand before a `*`."""
NEAR_DISTANCE = 100_000
"""Words between the two sides of a NEAR, or among the words of a loose phrase; no post has more."""
POST_LENGTH = 100_000
"""Characters of a text or title that are looked at; what follows is not read."""
MARKS = 300
"""Combining marks in a row that are looked at; no language writes more than a few."""
DEFAULT_DISTANCE = 4
"""Words between the two sides of a NEAR that doesn't say how many."""
