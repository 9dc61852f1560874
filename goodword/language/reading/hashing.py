"""How features are hashed; the weights of the fast reader are learned for just these numbers."""

from __future__ import annotations

from typing import Final

BUCKETS: Final = 1 << 17
PRIME: Final = 0x9E3779B97F4A7C15
EDGE: Final = 0x1F
SEED: Final = 7
RUN: Final = 11
MENTION: Final = 0xA11CE
LINK: Final = 0x11A7
NUMBER: Final = 0xD161
PAIR: Final = 0x2B
SHORTEST_RUN: Final = 3
LONGEST_RUN: Final = 5
LONGEST_WORD: Final = 64
