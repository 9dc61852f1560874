"""Paths into a payload: `review.author.name`, `photos[0].url`, `["a key with . in it"].text`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_STEP = re.compile(r"""\.?(?:\[(\d{1,6})\]|\["((?:[^"\\]|\\.)*)"\]|([^.\[\]"]+))""")
_PLAIN = re.compile(r'[^.\[\]"]+')
_MOST_STEPS = 20
_LONGEST_SHOWN = 200  # characters of a value


class NoPath(ValueError):
    """What was typed is no path; the message says where it ends to be one."""


def read_path(typed: str) -> Path:
    """The empty path is the item itself. Raises `NoPath`."""
    text, position = typed.strip(), 0
    steps: list[str | int] = []
    while position < len(text):
        step = _STEP.match(text, position)
        if step is None or len(steps) >= _MOST_STEPS or (position == 0 and text[0] == "."):
            raise NoPath(f"“{text[:80]}” is no path from “{text[position : position + 20]}” on.")
        number, quoted, plain = step.groups()
        steps.append(int(number) if number else re.sub(r"\\(.)", r"\1", quoted) if plain is None else plain)
        position = step.end()
    return tuple(steps)


def write_path(path: Path) -> str:
    """As `read_path` reads it."""
    written = ""
    for step in path:
        if isinstance(step, int):
            written += f"[{step}]"
        elif _PLAIN.fullmatch(step) and step == step.strip():
            written += f".{step}" if written else step
        else:
            quoted = re.sub(r'(["\\])', r"\\\1", step)
            written += f'["{quoted}"]'
    return written


def at_path(value: object, path: Path) -> object | None:
    """What stands there; None where nothing does."""
    for step in path:
        if isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        elif isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        else:
            return None
    return value


def leaves(value: object, path: Path = ()) -> Iterator[tuple[str, str]]:
    """Each single value with its path, in order; of a list only the first, since the others are alike."""
    if isinstance(value, dict) and len(path) < _MOST_STEPS:
        for key, inner in value.items():
            yield from leaves(inner, (*path, str(key)))
    elif isinstance(value, list) and len(path) < _MOST_STEPS:
        yield from leaves(value[0], (*path, 0)) if value else ()
    elif value is not None:
        yield write_path(path), str(value)[:_LONGEST_SHOWN]
