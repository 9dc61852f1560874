"""Try again to understand what could not be: a connector was mended, or a setting was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from goodword.kernel.facts import record
from goodword.listen.edit import Version
from goodword.listen.events import RejectedTriedAgain
from goodword.listen.locks import Step, take_turn
from goodword.listen.models import Mention, RawItem, Source
from goodword.listen.understand import Understood, keep, parse_raws
from goodword.staff.models import Agent


@transaction.atomic
def understand_again(
    *,
    source_id: int,
    raw_id: int | None = None,
    after: int = 0,
    limit: int = 1,
    by: Agent | None = None,
    now: datetime,
) -> tuple[Understood, int | None]:
    """Try the rejected item `raw_id` of a source, or those that follow the id `after`; the last one's id, if any.

    What is understood is rejected no longer, so that a second try finds nothing to do.
    """
    take_turn(Step.UNDERSTANDING, source_id)
    source = Source.objects.select_related("workspace").get(pk=source_id)
    rejected = RawItem.objects.of(source.workspace_id).filter(source=source).exclude(rejected_because="")
    chosen = rejected.filter(pk=raw_id) if raw_id is not None else rejected.filter(pk__gt=after)
    raws = list(chosen.filter(pk__lte=source.understood_id).order_by("pk")[:limit])
    if not raws:
        return Understood(0, 0, 0, 0), None
    for raw in raws:
        raw.rejected_because = ""
    versions, still_rejected = parse_raws(source, raws)
    RawItem.objects.bulk_update(raws, ["rejected_because"], 500)
    done = keep(source, _not_overtaken(source, versions, raws), raws=len(raws), rejected=still_rejected, now=now)
    fact = RejectedTriedAgain(
        workspace_id=source.workspace_id, source_id=source.pk, tried=len(raws), understood=len(raws) - still_rejected
    )
    record(fact, actor_id=by.pk if by else None, now=now)
    return done, raws[-1].pk


def _not_overtaken(source: Source, versions: Sequence[Version], raws: Sequence[RawItem]) -> list[Version]:
    """Without what was said in newer words since. A deletion is never overtaken."""
    received = {raw.pk: raw.received_at for raw in raws}
    newer = Q(pk__in=[])
    for version in versions:
        later = Q(raw_id__gt=version.raw_id) | Q(edited_at__gt=received[version.raw_id])
        newer |= Q(external_id=version.heard.native_id) & later
    known = Mention.objects.of(source.workspace_id).filter(newer, source=source).values_list("external_id", flat=True)
    overtaken = set(known)
    return [each for each in versions if each.heard.deleted or each.heard.native_id not in overtaken]
