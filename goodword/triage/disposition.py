"""What a mention needs: a case, or nothing but being kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodword.listen.models import Disposition
from goodword.triage.reading import Reading

_PLEASED_DEEP, _PLEASED_FAST = 0.5, 0.7


@dataclass(frozen=True, slots=True)
class Verdict:
    """A disposition and, in words for agents, why."""

    disposition: Disposition
    reason: str


def pleased(reading: Reading) -> bool:
    """Whether it is praise, and nothing is asked. The fast reader is misled by single words (“helpful” in “unhelpful”),
    so it has to be surer than the deep one."""
    sure = _PLEASED_DEEP if reading.deep else _PLEASED_FAST
    return reading.positive > sure and reading.negative < 0.25 and reading.complaint < 0.2 and reading.question < 0.5


def judge(reading: Reading, *, private: bool, automatic: bool, answered: bool, risk: int) -> Verdict:
    """Decide about what a customer said outside any case.

    `answered`: the brand spoke in the same thread, so somebody saw a need. When in doubt it becomes a case: a case too
    many costs a click, a complaint not heard costs a customer.
    """
    if automatic:
        return Verdict(Disposition.NO_REPLY_NEEDED, _("an automatic message"))
    if reading.spam > 0.9 and not answered:
        return Verdict(Disposition.SPAM, _("looks like spam"))
    if pleased(reading) and risk < 20 and not answered and not private:
        return Verdict(Disposition.PRAISE_KEPT, _("praise, nothing asked"))
    return Verdict(Disposition.CASE, "")
