"""By which weights a workspace's cases are weighed now."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from goodword.triage.models import RiskVersion
from goodword.triage.weights import Weights


def weights_in_force(workspace_ids: Collection[int]) -> Mapping[int, Weights]:
    """By workspace, in one query; the usual ones where none were switched on."""
    versions = RiskVersion.objects.filter(workspace__in=workspace_ids).newest_in_force().distinct("workspace")
    own = {version.workspace_id: version.weighs for version in versions}
    return {pk: own.get(pk, Weights()) for pk in workspace_ids}
