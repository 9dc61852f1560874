"""How fixes and causes are put into words: `{% load learn %}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django import template
from django.utils.translation import gettext as _

from goodword.learn.evidence import Counted, Evidence
from goodword.learn.models import Improvement
from goodword.triage.models import Audience

register = template.Library()


@register.filter
def look(looks: Mapping[str, str], stage: str) -> str:
    """The class of a stage's badge."""
    return looks.get(stage, "")


@register.filter
def is_late(improvement: Improvement, today: date) -> bool:
    """Whether it should have been in place."""
    return improvement.is_late(today)


@register.filter
def spans(evidence: Evidence) -> Sequence[tuple[str, Counted]]:
    """What was counted, with what each is called."""
    rows = [(_("Before"), evidence.before), (_("After"), evidence.after)]
    return rows + ([(_("Lately"), evidence.lately)] if evidence.lately else [])


@register.filter
def verdict(evidence: Evidence) -> str:
    """What the complaints say, in a sentence with its interval."""
    change = evidence.change
    if change is None:
        return _("Too little was heard to compare.")
    if change.ratio is None:
        return _("Nobody complained before it, so there is nothing to compare with.")
    figures = {
        "ratio": f"{change.ratio:.2f}",
        "low": f"{change.low:.2f}",
        "high": f"{change.high:.2f}" if change.high < 100 else "∞",
    }
    if change.high < 1:
        return _("Complaints went to %(ratio)s of what they were (surely between %(low)s and %(high)s).") % figures
    if change.low > 1:
        return _("Complaints rose to %(ratio)s times what they were (surely between %(low)s and %(high)s).") % figures
    return (
        _("Complaints are at %(ratio)s of what they were; it may be anything from %(low)s to %(high)s: not proven.")
        % figures
    )


@register.filter
def audience(value: str) -> str:
    """Who reads of it, by name."""
    return str(Audience(value).label)
