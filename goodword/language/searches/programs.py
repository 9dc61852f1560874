"""Programs of searches: tests of terms and places, each with the test to go to when it holds and when it does not.

What the kernel cannot decide (loose phrases of three words and more, words in braces side by side, `e-mail*`)
is compiled to a condition that holds whenever the tree might; the reference then has the last word.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag


class Op(IntEnum):
    """A test; its argument is a term, or a row of the tables below."""

    TERM = 0
    PHRASE = 1
    NEAR = 2
    NUMBER = 3
    ANY = 4
    """Whether a term of the tests directly before this one is there; the argument says how many those are."""


class Doubt(IntFlag):
    """When a search is put before the reference: always after its program holds, or whatever its program says
    on a post of this kind."""

    NONE = 0
    ALWAYS = 1
    CASE = 2
    """The post's case could not be read at full speed."""
    ZONES = 4
    """The post has a title or given tags, and the search asks for the text alone."""


REPEATED = 64
"""Beside the doubts: the search is filed under several terms, so that a post may lead to it more than once."""

OP_SHIFT = 60
ARGUMENT_SHIFT = 32
ARGUMENT_MASK = (1 << 28) - 1
HOLDS_SHIFT = 16
STEP_MASK = 0xFFFF
HOLDS = 0xFFFF
FAILS = 0xFFFE
"""A test is a number of 64 bits: the kind, the argument, then how many tests to go back when it holds and when it
fails, or one of these two, which end the program."""
NUMBER_COLUMNS = ("rating", "followers")


class ProgramTables:
    """The rows that programs point at, of all searches of one build."""

    def __init__(self) -> None:
        self.tests: list[int] = []
        self.units: list[tuple[int, int]] = []
        """Phrases: where the elements begin, and how many words it spans. It has the elements up to the next one's."""
        self.elements: list[tuple[int, int]] = []
        """Words of phrases: the term, and how many words after the first it stands."""
        self.nears: list[tuple[int, int, int, int, int]] = []
        """The first unit of the left side, of the right side and after it, the distance, and whether in order."""
        self.number_columns: list[int] = []
        self.number_lows: list[float] = []
        self.number_highs: list[float] = []
        self.positional: set[int] = set()
        self.cased: dict[int, None] = {}
