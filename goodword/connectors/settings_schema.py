"""Whether a setting is what its field says it must be. Pure; forms and verbs ask this before anything is kept."""

from __future__ import annotations

import math
from enum import Enum, auto
from urllib.parse import urlsplit

from goodword.connectors.contract import Field, FieldKind

MAX_SETTING = 8_000  # characters


class Fault(Enum):
    """What is wrong with a setting; whoever shows it has the words."""

    MISSING = auto()
    TOO_LONG = auto()
    NO_CHOICE = auto()
    NO_NUMBER = auto()
    NOT_WHOLE = auto()
    TOO_SMALL = auto()
    TOO_LARGE = auto()
    NO_ADDRESS = auto()
    NO_MAIL_ADDRESS = auto()
    LINE_BREAK = auto()


def fault_of(field: Field, value: str) -> Fault | None:
    """None where the value will do. An empty one will, unless the field is required."""
    if not value:
        return Fault.MISSING if field.required and not field.default else None
    if len(value) > MAX_SETTING:
        return Fault.TOO_LONG
    if field.choices:
        return None if value in {choice for choice, _label in field.choices} else Fault.NO_CHOICE
    if not field.multiline and not field.secret and any(ord(each) < 32 for each in value):
        return Fault.LINE_BREAK
    match field.kind:
        case FieldKind.NUMBER | FieldKind.INTEGER:
            return _fault_of_number(field, value)
        case FieldKind.ADDRESS:
            return None if _is_address(value) else Fault.NO_ADDRESS
        case FieldKind.EMAIL:
            name, at, host = value.strip().rpartition("@")
            return None if name and at and host and not set(value.strip()) & set(" ,;<>") else Fault.NO_MAIL_ADDRESS
    return None


def _fault_of_number(field: Field, value: str) -> Fault | None:
    try:
        number = float(value)
    except ValueError:
        return Fault.NO_NUMBER
    if not math.isfinite(number):
        return Fault.NO_NUMBER
    if field.kind is FieldKind.INTEGER and not value.strip().lstrip("+-").isdecimal():
        return Fault.NOT_WHOLE
    if field.minimum is not None and number < field.minimum:
        return Fault.TOO_SMALL
    return Fault.TOO_LARGE if field.maximum is not None and number > field.maximum else None


def _is_address(value: str) -> bool:
    """A host of the web, with or without https:// before it."""
    try:
        parts = urlsplit(value if "://" in value else f"https://{value}")
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    is_web = parts.scheme in {"https", "http", "wss", "ws"}
    return is_web and bool(host) and not parts.username and not set(value) & set(' "<>\\')
