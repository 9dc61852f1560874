"""A parsed search."""

from __future__ import annotations

import msgspec

from goodword.language.searches.errors import Caution
from goodword.language.searches.tree import Node


class Search(msgspec.Struct, frozen=True, gc=False):
    """A search that can be used: its text as typed, its tree, and what its writer should look at."""

    text: str
    tree: Node
    warnings: tuple[Caution, ...] = ()
