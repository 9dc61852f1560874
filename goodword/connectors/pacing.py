"""Settings that many connectors share: how often a network is asked, and how far back it is heard at first."""

from __future__ import annotations

from datetime import timedelta

from goodword.connectors.contract import Field, FieldKind, Refused, Settings
from goodword.connectors.contract import gettext_noop as _

_UNITS = {"every_minutes": timedelta(minutes=1), "history_days": timedelta(days=1)}


def every_minutes(default: int, *, help: str = "") -> Field:
    """How long to wait between two looks: from a minute to a day."""
    label = _("Minutes between two looks")
    return Field(
        "every_minutes",
        label,
        help=help,
        default=str(default),
        required=False,
        kind=FieldKind.NUMBER,
        minimum=1,
        maximum=1440,
    )


def history_days(default: int, *, maximum: int, help: str = "") -> Field:
    """How much of the past to hear when a source is new; zero for none."""
    label = _("Days to look back at first")
    return Field(
        "history_days",
        label,
        help=help,
        default=str(default),
        required=False,
        kind=FieldKind.NUMBER,
        minimum=0,
        maximum=maximum,
    )


def span_of(field: Field, settings: Settings) -> timedelta:
    """How long such a setting says; its bounds are asked before it is kept. Raises `Refused` where it is no number."""
    try:
        return float(settings.get(field.name) or field.default) * _UNITS[field.name]
    except (ValueError, OverflowError) as error:
        raise Refused(f"Setting “{field.label}” is not a number.") from error
