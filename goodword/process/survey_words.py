"""What the surveys ask, in words; and their scales."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodword.process.models import SurveyKind


def question(kind: str, house: str) -> str:
    """The question as the customer reads it."""
    if kind == SurveyKind.NPS:
        return _("How likely are you to recommend %(house)s to a friend?") % {"house": house}
    return _("%(house)s makes it easy for me. Do you agree?") % {"house": house}


def scale(kind: str) -> list[int]:
    """The answers that can be given, from the least on."""
    return list(range(11)) if kind == SurveyKind.NPS else list(range(1, 8))


def ends(kind: str) -> tuple[str, str]:
    """What the least answer means, and the most."""
    if kind == SurveyKind.NPS:
        return _("0: not at all"), _("10: very likely")
    return _("1: not at all"), _("7: completely")


def invitation(kind: str, house: str, link: str) -> str:
    """The words that go out."""
    return _("Hello, one question about us as a whole, with one click: %(question)s\n%(link)s") % {
        "question": question(kind, house),
        "link": link,
    }
