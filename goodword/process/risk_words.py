"""How risk is weighed, in words, for its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from goodword.triage.reasons import part_name
from goodword.triage.weights import BOUNDS, WORDED, Weights

# What each part looks at.
ABOUT: Mapping[str, LazyText] = {
    "harm": _("Somebody is hurt. Comes before everything else, whatever the other weights."),
    "safety": _("Something may hurt somebody."),
    "vulnerable": _("Children, the old, the ill, pregnant or disabled people are spoken of."),
    "second": _("We fail somebody again within 90 days of an earlier complaint."),
    "urgency": _("How urgent the words read."),
    "money": _("Money is lost, charged or owed."),
    "legal": _("A lawyer, a court, an ombudsman."),
    "outage": _("It doesn’t work at all."),
    "repeated": _("They wrote again, or say that earlier contacts failed."),
    "review": _("A bad review, or telling others."),
    "anger": _("How angry the words read."),
    "age": _("How long they have waited: a quarter of it after 4 hours, all of it after 3 days."),
    "reach": _("How many read it. Never as much as what may endanger somebody."),
}


@dataclass(frozen=True, slots=True)
class WordedPart:
    """A part of the risk: its name, what it looks at, what it adds at most and may add, and own words for it."""

    part: str
    name: str
    about: str
    points: int
    least: int
    most: int
    takes_words: bool
    words: str
    before: int | None = None  # by the weights in force, where those differ


def parts_in_words(weights: Weights, *, beside: Weights | None = None) -> list[WordedPart]:
    """All parts; `before` where `beside` weighs otherwise."""
    return [
        WordedPart(
            part,
            part_name(part),
            str(ABOUT[part]),
            weights.most(part),
            bounds.least,
            bounds.most,
            part in WORDED,
            ", ".join(weights.words.get(part, ())),
            beside.most(part) if beside and beside.most(part) != weights.most(part) else None,
        )
        for part, bounds in BOUNDS.items()
    ]


def changes(weights: Weights, beside: Weights) -> Sequence[WordedPart]:
    """The parts in which `weights` is not what `beside` is."""
    return [
        part
        for part in parts_in_words(weights, beside=beside)
        if part.before is not None or weights.words.get(part.part, ()) != beside.words.get(part.part, ())
    ]
