"""Which cases a rule is for, as a form asks it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from goodword.care.models import Label, Priority
from goodword.kernel.ids import read_id
from goodword.listen.models import Source
from goodword.process.check_condition import read_words
from goodword.process.rules.condition import Condition
from goodword.staff.membership import MemberRequest
from goodword.staff.models import Team
from goodword.triage.models import Cause

_MOST = 200  # of each kind


def choices(request: MemberRequest) -> dict[str, Any]:
    """What there is to choose from, for `process/_condition.html`."""
    workspace = request.workspace
    return {
        "priorities": Priority.choices[1:],
        "channels": list(Source.objects.of(workspace).order_by("channel").values_list("channel", flat=True).distinct()),
        "labels": Label.objects.of(workspace).order_by("name"),
        "teams": Team.objects.of(workspace).order_by("name"),
    }


def more_choices(request: MemberRequest) -> dict[str, Any]:
    """The same for rules and steps, which may also ask for causes and words."""
    return {**choices(request), "causes": Cause.objects.of(request.workspace).in_use().in_order(), "with_words": True}


def typed_condition(given: QueryDict, *, with_teams: bool = True) -> Condition:
    """What was chosen."""
    return Condition(
        priorities=_ids(given.getlist("priority")),
        min_risk=_risk(given.get("min_risk", "")),
        channels=tuple(channel[:40] for channel in given.getlist("channel")[:_MOST] if channel),
        labels=_ids(given.getlist("label")),
        teams=_ids(given.getlist("team")) if with_teams else (),
        causes=_ids(given.getlist("cause")),
        words=read_words(given.get("spoken", "")[:4000]),
    )


def _ids(given: Sequence[str]) -> tuple[int, ...]:
    return tuple(sorted({pk for pk in map(read_id, given[:_MOST]) if pk is not None}))


def _risk(given: str) -> int:
    """What is no number is refused as one that is too large."""
    found = read_id(given.strip() or "0")
    return 101 if found is None else min(found, 101)
