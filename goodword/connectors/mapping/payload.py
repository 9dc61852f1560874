"""A payload's bytes to its items: JSON, CSV, or what a form sends. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from urllib.parse import parse_qsl

import msgspec

from goodword.connectors.mapping.paths import Path, at_path, write_path
from goodword.connectors.storable import storable_json, storable_text

Item = dict[str, object]

_FORM = "application/x-www-form-urlencoded"
_MOST_ITEMS = 10_000
_MOST_FIELDS = 200
_MOST_LEVELS = 50


class Unreadable(ValueError):
    """Not a payload that can be read; the message says why."""


def read_payload(body: bytes, kind: str) -> object:
    """By its content type, or by how it begins where that says nothing. Raises `Unreadable`."""
    kind = kind.partition(";")[0].strip().lower()
    if kind == _FORM:
        return _form(body)
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")) or kind.endswith("json"):
        return _json(body)
    if start[:1] == b"<":
        raise Unreadable("This is a web page or XML; JSON or CSV is wanted.")
    return _csv(body)


def items_of(payload: object, path: Path) -> Sequence[Item]:
    """The objects at the path: a list of them, or one alone. Raises `Unreadable`."""
    found = at_path(payload, path)
    where = f"At “{write_path(path)}”" if path else "In the payload"
    if isinstance(found, dict):
        found = [found]
    if not isinstance(found, list):
        raise Unreadable(f"{where} is neither a list nor an object.")
    if any(not isinstance(each, dict) for each in found):
        raise Unreadable(f"{where} is a list of something else than objects.")
    return found[:_MOST_ITEMS]


def _json(body: bytes) -> object:
    try:
        payload: object = msgspec.json.decode(storable_json(body.removeprefix(b"\xef\xbb\xbf"))[0])
    except (msgspec.DecodeError, RecursionError) as error:
        raise Unreadable(f"This is no JSON: {error}.") from error
    if _is_deeper(payload, _MOST_LEVELS):
        raise Unreadable("There are too many levels in each other.")
    return payload


def _is_deeper(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(each, levels - 1) for each in inside)


def _form(body: bytes) -> object:
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise Unreadable("This form has too many fields.") from error
    return {storable_text(name): storable_text(value) for name, value in pairs}


def _csv(body: bytes) -> object:
    """With a first line that names the columns, separated by whichever of , ; and tab there is most of in it."""
    text = storable_text(body.decode("utf-8-sig", "replace"))
    heading = text.partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restkey="", restval="")
    try:
        names = [name.strip() for name in rows.fieldnames or ()]
        if not any(names):
            raise Unreadable("There is no first line with the names of columns.")
        if len(names) > _MOST_FIELDS or len(set(names)) < len(names):
            raise Unreadable("The first line names a column twice, or too many columns.")
        rows.fieldnames = names
        return [dict(row) for row, _ in zip(rows, range(_MOST_ITEMS), strict=False)]
    except csv.Error as error:
        raise Unreadable(f"This is no CSV: {error}.") from error
