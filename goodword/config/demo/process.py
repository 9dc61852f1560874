"""How Harbour works: how it weighs risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from goodword.process.rehearse_risk import rehearse_risk
from goodword.staff.models import Agent, Workspace
from goodword.triage.weigh_otherwise import keep_trial, switch_on, write_risk_version

# (why, weights that are not the usual ones, own words, whether it is in force)
_WEIGHINGS: Sequence[tuple[str, Mapping[str, int], Mapping[str, str], bool]] = (
    ("The Beacon headlamp runs hot: whoever speaks of it may be in danger", {}, {"safety": "beacon"}, True),
    ("Refunds are what we are shouted at for", {"money": 28, "anger": 20}, {"safety": "beacon"}, False),
)


def set_up_process(*, workspace: Workspace, agents: Sequence[Agent], now: datetime) -> None:
    """Weigh what there is; the second agent leads."""
    lead = agents[1]
    for why, points, words, on in _WEIGHINGS:
        version = write_risk_version(workspace=workspace, points=points, words=words, why=why, by=lead, now=now)
        told = rehearse_risk(workspace, version.weighs, now=now)
        keep_trial(
            version=version,
            cases=told.total,
            moved_up=len(told.up),
            moved_down=len(told.down),
            by=lead,
            now=now,
        )
        if on:
            switch_on(version=version, by=lead, now=now)
