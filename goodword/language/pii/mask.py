"""A text with its private data masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goodword.language.pii.find import Private, find


def mask(text: str, *, found: Sequence[Private] | None = None, names: Mapping[str, str] | None = None) -> str:
    """The text with each piece of private data replaced by its kind in brackets, `[card]`.

    `found` spares a second search where the data has been found already; `names` gives each kind a name in the
    reader's language.
    """
    pieces, at = [], 0
    for private in find(text) if found is None else found:
        start, end = private.span
        name = private.kind.replace("_", " ") if names is None else names[private.kind]
        pieces += [text[at:start], f"[{name}]"]
        at = end
    return "".join([*pieces, text[at:]])
