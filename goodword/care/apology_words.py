"""An apology in its four parts: what happened, that it was ours, what we do and by when, what we give. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodword.care.for_customers import for_customers


@dataclass(frozen=True, slots=True)
class Apology:
    """Its parts, as an agent wrote them. `due` is local to the customer; `gift` may be empty."""

    name: str
    happened: str
    doing: str
    due: datetime
    gift: str = ""


def apology_text(apology: Apology) -> str:
    """The words of the reply, to be gone over by who sends it. The promise in it is one that the composer finds."""
    with for_customers():
        parts = [
            _("Hello %(name)s,") % {"name": apology.name},
            _("%(happened)s That was our mistake, and I am sorry.") % {"happened": _sentence(apology.happened)},
            _("We'll %(doing)s by %(day)s at %(hour)s.")
            % {
                "doing": _clause(apology.doing),
                "day": date_format(apology.due, "j F Y"),
                "hour": date_format(apology.due, "H:i"),
            },
        ]
        if apology.gift:
            parts.append(_("To make up for it, we give you %(gift)s.") % {"gift": _clause(apology.gift)})
    return "\n\n".join(parts)


def _sentence(words: str) -> str:
    words = words.strip()
    words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _clause(words: str) -> str:
    return words.strip().rstrip(".!?…")
