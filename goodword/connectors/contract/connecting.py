"""What a person fills in, does and sees to connect a source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goodword.connectors.contract.heard import Heard


def gettext_noop(text: str) -> str:
    """Mark a text for translators; whoever shows it translates it. Connectors know nothing of who reads."""
    return text


class FieldKind(StrEnum):
    """What a setting must be, beyond what is asked of a text (`settings_schema.check_setting`)."""

    TEXT = "text"
    NUMBER = "number"  # decimal; a share is one from 0 to 1
    INTEGER = "integer"
    ADDRESS = "address"  # of the web: https, or http in networks of our own
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Field:
    """One setting that a person fills in to connect a source. What people read of it is marked with `gettext_noop`."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    multiline: bool = False
    kind: FieldKind = FieldKind.TEXT
    minimum: float | None = None  # of a number
    maximum: float | None = None
    obtained: bool = False  # nobody types it: signing in at the network brings it (`authorizing.Authorizes`)
    guards_secrets: bool = False  # says where secrets are sent, or how safely: who changes it types them again
    tries_again: bool = False  # what a change of it makes is shown at once, by "test it now"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of "test it now": what was tried, and what to do if it failed."""

    label: str
    passed: bool
    detail: str = ""
    heard: tuple[Heard, ...] = ()  # the last things said there, newest first: what would come in
    read: tuple[tuple[str, str], ...] = ()  # what stands in a payload: where, and what


@dataclass(frozen=True, slots=True)
class Step:
    """One step of connecting, on the checklist above the form; marked with `gettext_noop`.

    In an address, braces name a setting that it depends on: "{instance}/settings/applications".
    """

    what: str
    address: str = ""  # where to do it
    copies: str = ""  # what to type or paste there, as it is
