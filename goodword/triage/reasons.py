"""Reasons of a risk in words, in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

_REASONS = {
    "hurt": gettext_lazy("somebody may be hurt (“%(word)s”)"),
    "unsafe": gettext_lazy("something may be unsafe (“%(word)s”)"),
    "vulnerable": gettext_lazy("somebody vulnerable (“%(word)s”)"),
    "failed_before": ngettext_lazy(
        "failed again, after %(n)s failure within 90 days", "failed again, after %(n)s failures within 90 days", "n"
    ),
    "not_solved": ngettext_lazy(
        "not solved, says the customer after our answer", "not solved after %(n)s answers, says the customer", "n"
    ),
    "legal": gettext_lazy("may go to law (“%(word)s”)"),
    "cannot_wait": gettext_lazy("sounds as if it can't wait"),
    "went_wrong": gettext_lazy("something went wrong"),
    "complains": gettext_lazy("a complaint"),
    "may_need_answer": gettext_lazy("may need an answer"),
    "money": gettext_lazy("money is at stake (“%(word)s”)"),
    "outage": gettext_lazy("something doesn't work at all"),
    "cases_before": ngettext_lazy("%(n)s case before within 90 days", "%(n)s cases before within 90 days", "n"),
    "says_repeated": gettext_lazy("says that earlier contacts failed"),
    "wrote_again": gettext_lazy("wrote again before an answer"),
    "bad_review": gettext_lazy("a bad review"),
    "tells_others": gettext_lazy("tells others about it"),
    "very_angry": gettext_lazy("very angry"),
    "upset": gettext_lazy("upset"),
    "read_by_many": gettext_lazy("read by many"),
    "waiting": ngettext_lazy("waiting for more than %(n)s hour", "waiting for more than %(n)s hours", "n"),
    "own_word": gettext_lazy("“%(word)s” is one of your own words of risk"),
}
_HEADINGS = {
    "harm": gettext_lazy("Harm"),
    "safety": gettext_lazy("Safety"),
    "vulnerable": gettext_lazy("Vulnerable people"),
    "second": gettext_lazy("Second failure"),
    "urgency": gettext_lazy("Urgency"),
    "legal": gettext_lazy("Law"),
    "money": gettext_lazy("Money"),
    "outage": gettext_lazy("Outage"),
    "repeated": gettext_lazy("Repeated contact"),
    "review": gettext_lazy("Review elsewhere"),
    "anger": gettext_lazy("Anger"),
    "reach": gettext_lazy("Reach"),
    "age": gettext_lazy("Waiting"),
}


def in_words(reason: str, word: str, count: int) -> str:
    """One reason; `word` is the customer's own that gave it away, `count` how often or how long."""
    return str(_REASONS[reason] % {"word": word, "n": count})


def part_name(name: str) -> str:
    """The heading of a part of the score."""
    return str(_HEADINGS[name])


def sentence(reasons: Iterable[str]) -> str:
    """The heaviest reasons as one sentence."""
    heaviest = list(reasons)[:3]
    if not heaviest:
        return _("Nothing points to a risk.")
    said = ", ".join(heaviest)
    return said[0].upper() + said[1:] + "."
