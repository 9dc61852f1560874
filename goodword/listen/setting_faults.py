"""What is wrong with a setting, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodword.connectors.contract import Field
from goodword.connectors.settings_schema import MAX_SETTING, Fault


def words_of(fault: Fault, field: Field) -> str:
    """For whoever typed it: what it must be."""
    bounds = {"least": _shown(field.minimum), "most": _shown(field.maximum), "label": _(field.label)}
    match fault:
        case Fault.MISSING:
            return _("%(label)s is needed.") % bounds
        case Fault.TOO_LONG:
            return _("That is too long: at most %(most)d characters.") % {"most": MAX_SETTING}
        case Fault.NO_CHOICE:
            return _("Choose one of the list.")
        case Fault.NO_NUMBER:
            return _("Write a number, in figures.")
        case Fault.NOT_WHOLE:
            return _("Write a whole number, in figures.")
        case Fault.TOO_SMALL | Fault.TOO_LARGE:
            return _beyond(fault, field, bounds)
        case Fault.NO_ADDRESS:
            return _("Write an address of the web, e.g. https://example.com")
        case Fault.NO_MAIL_ADDRESS:
            return _("Write one e-mail address, e.g. care@example.com")
        case Fault.LINE_BREAK:
            return _("Write it in one line.")


def _beyond(fault: Fault, field: Field, bounds: dict[str, str]) -> str:
    if field.minimum is not None and field.maximum is not None:
        return _("It must be between %(least)s and %(most)s.") % bounds
    return (
        _("It must be at least %(least)s.") % bounds
        if fault is Fault.TOO_SMALL
        else _("It must be at most %(most)s.") % bounds
    )


def _shown(bound: float | None) -> str:
    return "" if bound is None else f"{bound:g}"
