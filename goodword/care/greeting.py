"""How a customer is addressed in what they read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodword.care.for_customers import for_customers
from goodword.people.models import Identity


def first_name(identity: Identity) -> str:
    """The first word of their real name; a handle is none."""
    return identity.real_name.split(" ", 1)[0] or nobody_known()


def nobody_known() -> str:
    """What stands where a name is missing: “Hello there”."""
    with for_customers():
        return _("there")
