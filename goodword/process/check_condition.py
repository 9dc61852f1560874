"""Whether what a condition names is there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodword.care.models import Label, Priority
from goodword.process.rules.condition import Condition
from goodword.process.rules.spoken import folded
from goodword.staff.models import Team, Workspace
from goodword.triage.models import Cause

MOST_WORDS, LONGEST_WORD = 40, 40


def check_condition(workspace: Workspace, condition: Condition, problems: dict[str, str]) -> None:
    """Tell what is wrong with it, by field of `process/_condition.html`."""
    if not 0 <= condition.min_risk <= 100:
        problems["min_risk"] = _("The risk is a number from 0 to 100.")
    if not set(condition.priorities) <= set(Priority.values):
        problems["priority"] = _("There is no such priority. Choose another.")
    if Team.objects.of(workspace).filter(pk__in=condition.teams).count() < len(set(condition.teams)):
        problems["team"] = _("This team is no more. Choose another.")
    if Label.objects.of(workspace).filter(pk__in=condition.labels).count() < len(set(condition.labels)):
        problems["label"] = _("This label is no more. Choose another.")
    if Cause.objects.of(workspace).filter(pk__in=condition.causes).count() < len(set(condition.causes)):
        problems["cause"] = _("This cause is no more. Choose another.")
    if len(condition.words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in condition.words):
        problems["words"] = too_many_words()


def read_words(written: str) -> tuple[str, ...]:
    """As they are typed, with commas between them."""
    return tuple(sorted({word for part in written.split(",") if (word := folded(part))}))


def too_many_words() -> str:
    """What is said of more or longer words than are kept."""
    return _("At most %(most)d, of %(longest)d characters each, with commas between them.") % {
        "most": MOST_WORDS,
        "longest": LONGEST_WORD,
    }
