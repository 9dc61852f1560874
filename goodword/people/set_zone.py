"""Say by which clock a customer lives."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from goodword.people.models import Person


class NoSuchZone(Exception):
    """It is no zone of the IANA database."""


def set_zone(*, person: Person, zone: str) -> Person:
    """Keep an IANA name; empty: as the house's. Raises `NoSuchZone`."""
    if zone and zone not in available_timezones():
        raise NoSuchZone(_("There is no such time zone: choose one of the list."))
    person.zone = zone
    person.save(update_fields=["zone"])
    return person
