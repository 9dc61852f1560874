"""Write down how risk is to be weighed, keep what trying it showed, and switch it on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.staff.models import Agent, Workspace
from goodword.triage.events import RiskVersionSwitched, RiskVersionTried, RiskVersionWritten
from goodword.triage.models import RiskVersion
from goodword.triage.weights import BOUNDS, WORDED, Weights

MOST_WORDS, SHORTEST_WORD, LONGEST_WORD, LONGEST_WHY = 40, 3, 40, 300


class BadWeights(Exception):
    """What was written can't be kept; `problems` gives the reason by field: a part, `words-` and a part, or `why`."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class NotTried(Exception):
    """It was not tried on the past yet."""


@transaction.atomic
def write_risk_version(
    *,
    workspace: Workspace,
    points: Mapping[str, int | None],
    words: Mapping[str, str],
    why: str,
    by: Agent | None,
    now: datetime,
) -> RiskVersion:
    """A new version, which weighs nothing until it is switched on. None stands for points that are no number.

    `words` by part, beginnings with commas between them. Raises `BadWeights`.
    """
    problems: dict[str, str] = {}
    for part, bounds in BOUNDS.items():
        given = points.get(part, bounds.usual)
        if given is None or given != bounds.nearest(given):
            problems[part] = _("Write a number from %(least)d to %(most)d.") % {
                "least": bounds.least,
                "most": bounds.most,
            }
    read = {part: _read_words(words.get(part, ""), part, problems) for part in WORDED}
    why = " ".join(why.replace("\x00", "").split())
    if not why or len(why) > LONGEST_WHY:
        problems["why"] = _("Say why, in at most %(most)d characters: others will want to know.") % {
            "most": LONGEST_WHY
        }
    if problems:
        raise BadWeights(problems)
    Workspace.objects.select_for_update().get(pk=workspace.pk)  # numbers are given in turn
    last = RiskVersion.objects.of(workspace).aggregate(last=Max("number"))["last"] or 0
    weights = Weights({part: each for part, each in points.items() if each is not None}, read)
    version = RiskVersion.objects.create(
        workspace=workspace, number=last + 1, weights=weights.as_json(), why=why, written_by=by, written_at=now
    )
    fact = RiskVersionWritten(workspace_id=workspace.pk, version_id=version.pk, number=version.number, why=why)
    record(fact, now=now, actor_id=by.pk if by else None)
    return version


@transaction.atomic
def keep_trial(
    *, version: RiskVersion, cases: int, moved_up: int, moved_down: int, by: Agent | None, now: datetime
) -> RiskVersion:
    """It was tried on so many cases, of which so many would have been weighed higher, and lower."""
    kept = RiskVersion.objects.select_for_update().get(pk=version.pk)
    kept.tried_at, kept.tried_cases, kept.moved_up, kept.moved_down = now, cases, moved_up, moved_down
    kept.save(update_fields=["tried_at", "tried_cases", "moved_up", "moved_down"])
    fact = RiskVersionTried(workspace_id=kept.workspace_id, version_id=kept.pk, number=kept.number)
    record(fact, now=now, actor_id=by.pk if by else None)
    return kept


@transaction.atomic
def switch_on(*, version: RiskVersion, by: Agent | None, now: datetime) -> RiskVersion:
    """Weigh by it from now on; what is open is weighed anew. Raises `NotTried`. Switching on twice switches on once."""
    Workspace.objects.select_for_update().get(pk=version.workspace_id)
    kept = RiskVersion.objects.select_for_update().get(pk=version.pk)
    if kept.tried_at is None:
        raise NotTried(_("Try it on the past first: see which cases it would have moved."))
    if RiskVersion.objects.of(kept.workspace_id).newest_in_force().first() == kept:
        return kept
    kept.in_force_since, kept.switched_on_by = now, by
    kept.save(update_fields=["in_force_since", "switched_on_by"])
    fact = RiskVersionSwitched(workspace_id=kept.workspace_id, version_id=kept.pk, number=kept.number)
    record(fact, now=now, actor_id=by.pk if by else None)
    return kept


def _read_words(written: str, part: str, problems: dict[str, str]) -> tuple[str, ...]:
    words = tuple(sorted({" ".join(word.split()).casefold() for word in written.replace("\x00", "").split(",")} - {""}))
    if len(words) > MOST_WORDS or any(not SHORTEST_WORD <= len(word) <= LONGEST_WORD for word in words):
        problems[f"words-{part}"] = _(
            "At most %(most)d, of %(shortest)d to %(longest)d characters each, with commas between them."
        ) % {"most": MOST_WORDS, "shortest": SHORTEST_WORD, "longest": LONGEST_WORD}
    return words
