"""What a mapping makes of a payload, for the page on which it is filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from goodword.connectors.contract import Check, Heard, Malformed
from goodword.connectors.mapping.fields import Mapping
from goodword.connectors.mapping.paths import leaves
from goodword.connectors.mapping.payload import Unreadable, items_of

_SHOWN = 3
_MOST_LEAVES = 60


def preview(payload: object, mapping: Mapping, *, hear: Callable[[dict[str, object]], Heard]) -> Iterator[Check]:
    """One line with what stands in the payload, and one with how it is heard."""
    try:
        items = items_of(payload, mapping.items)
    except Unreadable as error:
        read = tuple(islice(leaves(payload), _MOST_LEAVES))
        yield Check("Payload", passed=False, detail=f"{error} Mend “Path of the list”.", read=read)
        return
    if not items:
        yield Check("Payload", passed=True, detail="The list is empty so far.")
        return
    many = "1 item" if len(items) == 1 else f"{len(items)} items"
    detail = f"{many}. This is what stands in one, and at which paths."
    yield Check("Payload", passed=True, detail=detail, read=tuple(islice(leaves(items[0]), _MOST_LEAVES)))
    heard, faults = [], []
    for item in items:
        try:
            heard.append(hear(item))
        except Malformed as error:
            faults.append(str(error))
    newest = tuple(sorted(heard, key=_when, reverse=True)[:_SHOWN])
    if faults:
        detail = f"{len(faults)} of {many} can't be understood. {faults[0]}"
        yield Check("Mapping", passed=False, detail=detail, heard=newest)
    elif len({each.native_id for each in heard}) < len(heard):
        detail = "Several items have the same number, so that only the last of them is heard: mend its path."
        yield Check("Mapping", passed=False, detail=detail, heard=newest)
    else:
        yield Check("Mapping", passed=True, detail="This is how it is heard.", heard=newest)


def _when(heard: Heard) -> datetime:
    return heard.at
