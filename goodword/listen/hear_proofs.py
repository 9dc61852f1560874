"""Codes that prove that two accounts are of one person, found in what the other account says."""

from __future__ import annotations

from datetime import datetime

from goodword.connectors.contract import Direction
from goodword.listen.models import Mention
from goodword.people.models import ControlProof
from goodword.people.prove import hear_proof, waited_for

_MOST = 200  # of what somebody said since they were asked


def hear_proofs(*, now: datetime) -> int:
    """How many were found. Hardly ever is one waited for, and then for few people's words."""
    return sum(_is_found(proof, now) for proof in waited_for(now))


def _is_found(proof: ControlProof, now: datetime) -> bool:
    said = (
        Mention.objects.of(proof.workspace_id)
        .filter(identity__person_id=proof.other_id, direction=Direction.IN.value, at__gte=proof.at, deleted_at=None)
        .filter(text__icontains="GW-")
        .select_related("identity", "source")
        .order_by("at")
    )
    return any(
        hear_proof(
            proof=proof,
            said_by=mention.identity,
            text=mention.text,
            author_proven=mention.source.capabilities.authors_proven,
            now=now,
        )
        is not None
        for mention in said[:_MOST]
    )
