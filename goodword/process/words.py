"""How the process speaks of what it times."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from goodword.process.rules.choose import Why
from goodword.process.rules.due import Happened
from goodword.process.rules.stretches import Timed
from goodword.process.rules.whens import When


def name_of(timed: str) -> str:
    """What a clock is called."""
    return {
        Timed.FIRST.value: _("First answer"),
        Timed.NEXT.value: _("Next answer"),
        Timed.RESOLUTION.value: _("Resolution"),
    }[timed]


def event_names() -> dict[str, str]:
    """What happens to a clock, in words."""
    return {
        Happened.ACTIVATE.value: _("begun"),
        Happened.PAUSE.value: _("paused: we wait for the customer"),
        Happened.RESUME.value: _("goes on"),
        Happened.FULFIL.value: _("done"),
        Happened.BREACH.value: _("late"),
        Happened.DROP.value: _("not awaited any more"),
    }


def when_names() -> dict[str, str]:
    """What sets a rule off, in words."""
    return {
        When.OPENED.value: _("a case is opened"),
        When.MESSAGE.value: _("the customer writes again"),
        When.REOPENED.value: _("a case is reopened"),
        When.RESOLVED.value: _("a case is resolved"),
        When.DISPUTED.value: _("the customer says that it is not solved"),
        When.NEAR.value: _("a deadline is near"),
        When.MISSED.value: _("a deadline is missed"),
        When.PRIORITISED.value: _("the priority is changed"),
        When.LABELLED.value: _("a label is put on or taken off"),
        When.ASSIGNED.value: _("a case is given to somebody, or to a team"),
    }


def why(reasons: Sequence[Sequence[str | int]]) -> str:
    """Reasons of routing in one sentence, as a fact or `rules.choose` has them."""
    texts = {
        Why.SKILL.value: _("can do %(word)s"),
        Why.LANGUAGE.value: _("speaks %(word)s"),
        Why.NAMED.value: _("such cases go straight to them"),
        Why.KNOWS.value: _("answered this person before"),
        Why.FEWEST.value: _("has least of those who can: %(n)d open"),
        Why.TURN.value: _("it is their turn"),
        Why.OVERFLOW.value: _("nobody in the first team could"),
        Why.NOBODY.value: _("nobody is in the team"),
        Why.NONE_WORKS.value: _("nobody who can works now"),
        Why.NONE_SKILLED.value: _("nobody can do %(word)s"),
        Why.NONE_SPEAKS.value: _("nobody speaks %(word)s"),
        Why.ALL_FULL.value: _("all who can have as much as they take"),
    }
    return "; ".join(texts[str(name)] % {"word": word, "n": n} for name, word, n in reasons)
