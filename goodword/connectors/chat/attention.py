"""What a visitor may expect at a moment: whether somebody is there, and how long they may be left waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from goodword.connectors.chat.hours import HoursUnreadable, read_hours
from goodword.connectors.contract import Attention, Settings

_LONGEST = timedelta(days=1)


class PatienceUnreadable(ValueError):
    """A time limit in the settings can't be understood; the message says which."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a visitor may wait: until the alarm, and until we say what happens next."""

    answer_within: timedelta = timedelta(minutes=3)
    give_up_after: timedelta = timedelta(minutes=10)


def read_patience(settings: Settings) -> Patience:
    """The limits in the settings; what is left out is as by default. Raises `PatienceUnreadable`."""
    answer = _minutes(settings, "answer_within_minutes", Patience().answer_within)
    give_up = _minutes(settings, "give_up_after_minutes", max(Patience().give_up_after, 2 * answer))
    if give_up <= answer:
        raise PatienceUnreadable("“Minutes until we say what happens next” must be more than those until the alarm.")
    return Patience(answer, give_up)


def read_attention(settings: Settings, *, at: datetime) -> Attention:
    """Never raises: hours that can't be read count as always open, limits as the default ones."""
    try:
        hours = read_hours(settings)
    except HoursUnreadable:
        hours = read_hours({})
    try:
        patience = read_patience(settings)
    except PatienceUnreadable:
        patience = Patience()
    return Attention(hours.is_open(at), hours.next_opening(at), patience.answer_within, patience.give_up_after)


def _minutes(settings: Settings, name: str, default: timedelta) -> timedelta:
    written = str(settings.get(name) or "").strip()
    if not written:
        return default
    try:
        found = timedelta(minutes=float(written))
    except (ValueError, OverflowError) as error:
        raise PatienceUnreadable(f"{written[:20]!r} is no number of minutes.") from error
    if not timedelta() < found <= _LONGEST:
        raise PatienceUnreadable(f"{written[:20]} minutes is not between 0 and a day.")
    return found
