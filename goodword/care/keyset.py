"""Pages of a list without counting off what stands before them: each goes on after the last row of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.db.models import F, Func, IntegerField, Model, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

M = TypeVar("M", bound=Model)
Key = tuple[int | datetime, ...]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 2**63 - 1


class Row(Func):
    """A row of columns or values. PostgreSQL compares two of them as an index does, so no row is read in vain."""

    function = "ROW"
    output_field = IntegerField()


def rows_after(rows: QuerySet[M], names: Sequence[str], key: Key, *, ascending: bool = False) -> QuerySet[M]:
    """Rows that come after `key` in the order of the columns `names`, all of them descending or all ascending."""
    here, there = Row(*map(F, names)), Row(*map(Value, key))
    return rows.filter(GreaterThan(here, there) if ascending else LessThan(here, there))


def write_key(key: Key) -> str:
    """As it stands in an address: whole numbers, times as microseconds since 1970."""
    return "-".join(str(_micros(part) if isinstance(part, datetime) else part) for part in key)


def read_key(text: str, kinds: Sequence[type[int] | type[datetime]]) -> Key | None:
    """The key that an address holds; None for anything else, and so the first page."""
    parts = text.split("-")
    if len(parts) != len(kinds) or not all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if max(numbers) > _LARGEST:
        return None
    try:
        return tuple(
            _EPOCH + timedelta(microseconds=number) if kind is datetime else number
            for number, kind in zip(numbers, kinds, strict=True)
        )
    except OverflowError:
        return None


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
