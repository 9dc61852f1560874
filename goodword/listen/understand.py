"""From raw items to mentions: parsed by the connector, spoken by someone, part of a thread, heard once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from goodword.connectors.contract import Direction, Heard, Malformed
from goodword.kernel.copying import copy_in
from goodword.kernel.facts import record
from goodword.kernel.redoable import redoable
from goodword.listen.attachments import note_attachments
from goodword.listen.connector_failure import note_failure
from goodword.listen.delivery_reports import hand_on_reports
from goodword.listen.edit import Version, change
from goodword.listen.events import MentionsChanged, MentionsHeard
from goodword.listen.locks import Step, take_turn
from goodword.listen.models import Mention, RawItem, Source
from goodword.listen.threads import place
from goodword.people.identify import identify
from goodword.people.models import Identity


@dataclass(frozen=True, slots=True)
class Understood:
    """What became of a batch of raw items."""

    raws: int
    new: int
    changed: int
    rejected: int


@transaction.atomic
def understand(*, source_id: int, limit: int, now: datetime) -> Understood:
    """Understand the next raw items of a source, in order. Zero `raws` means that nothing is left."""
    redoable()
    take_turn(Step.UNDERSTANDING, source_id)
    source = Source.objects.select_related("workspace").get(pk=source_id)
    raws = list(RawItem.objects.filter(source_id=source_id, id__gt=source.understood_id).order_by("id")[:limit])
    if not raws:
        return Understood(0, 0, 0, 0)
    versions, rejected = parse_raws(source, raws)
    hand_on_reports(source=source, raws=raws, now=now)
    Source.objects.filter(pk=source_id).update(understood_id=raws[-1].pk)
    return keep(source, versions, raws=len(raws), rejected=rejected, now=now)


def understand_surely(*, source_id: int, limit: int, now: datetime) -> Understood:
    """As `understand`, and once more where it met our own words.

    They are kept without a turn: between looking and writing they became known. Now they are seen.
    """
    try:
        return understand(source_id=source_id, limit=limit, now=now)
    except IntegrityError:
        return understand(source_id=source_id, limit=limit, now=now)


def keep(source: Source, versions: Sequence[Version], *, raws: int, rejected: int, now: datetime) -> Understood:
    """Keep what was said, in turn (`Step.UNDERSTANDING`), and announce it."""
    new, later = _sort_out(source, versions)
    mentions = _insert(source, new, now)
    changed = [mention.pk for version in later if (mention := change(source=source, version=version, now=now))]
    about = {"workspace_id": source.workspace_id, "source_id": source.pk}
    if mentions:
        record(MentionsHeard(**about, new=len(mentions)), now=now)
    if changed:
        record(MentionsChanged(**about, mention_ids=changed), now=now)
    return Understood(raws=raws, new=len(mentions), changed=len(changed), rejected=rejected)


def parse_raws(source: Source, raws: Sequence[RawItem]) -> tuple[list[Version], int]:
    """What was said, in order; raw items that can't be understood get their reason, and the rest goes on."""
    versions: list[Version] = []
    rejected: list[RawItem] = []
    settings = source.full_settings()
    spoken_to = source.connector  # a missing one fails the whole batch, which waits for it
    for raw in raws:
        if raw.rejected_because:  # a piece of a file that its reader couldn't even tell apart
            rejected.append(raw)
            continue
        try:
            heard = tuple(spoken_to.parse(raw.as_heard(), settings))
        except Malformed as error:
            raw.rejected_because = str(error)
            rejected.append(raw)
            continue
        except Exception as error:  # noqa: BLE001  # third-party code: one item it breaks on must not hold up the rest
            raw.rejected_because = note_failure(error, source_id=source.pk, doing=f"parsing raw item {raw.pk}")
            rejected.append(raw)
            continue
        versions.extend(Version(item, raw.pk) for item in heard)
    RawItem.objects.bulk_update(rejected, ["rejected_because"], 500)
    return versions, len(rejected)


def _sort_out(source: Source, versions: Sequence[Version]) -> tuple[list[Version], list[Version]]:
    """First versions of things not heard before, and later versions of known ones."""
    ids = {version.heard.native_id for version in versions}
    known = set(
        Mention.objects.of(source.workspace_id)
        .filter(source=source, external_id__in=ids)
        .values_list("external_id", flat=True)
    )
    new: list[Version] = []
    later: list[Version] = []
    for version in versions:
        if version.heard.native_id in known:
            later.append(version)
        elif version.heard.deleted:
            continue  # gone before we heard it: there is nothing to keep and nobody to answer
        else:
            known.add(version.heard.native_id)
            new.append(version)
    return new, later


def _insert(source: Source, new: Sequence[Version], now: datetime) -> Sequence[Mention]:
    if not new:
        return []
    heard = [version.heard for version in new]
    identities = identify(
        workspace_id=source.workspace_id,
        channel=source.channel,
        authors=[(item.author, item.direction == Direction.OUT) for item in heard],
        now=now,
    )
    placed = place(source=source, heard=heard)
    mentions = copy_in(
        [
            as_mention(
                source,
                item.heard,
                identities[item.heard.author.native_id],
                now,
                raw_id=item.raw_id,
                thread_id=placed.thread_ids[item.heard.native_id],
            )
            for item in new
        ]
    )
    note_attachments(mentions, heard)
    return mentions


def as_mention(
    source: Source, heard: Heard, identity: Identity, now: datetime, *, raw_id: int | None, thread_id: int
) -> Mention:
    """A mention not saved yet. A time in the future is the network's mistake: it counts as said when we heard it."""
    extra = dict(heard.extra)
    at = heard.at
    if at > now:
        extra["claimed_at"] = at.isoformat()
        at = now
    if heard.idempotency_key:
        extra["idempotency_key"] = heard.idempotency_key
    return Mention(
        workspace_id=source.workspace_id,
        source=source,
        raw_id=raw_id,
        thread_id=thread_id,
        identity=identity,
        channel=source.channel,
        external_id=heard.native_id,
        parent_external_id=heard.parent or "",
        references=list(heard.references),
        thread_scope=heard.thread_scope,
        direction=heard.direction.value,
        kind=heard.kind.value,
        private=heard.private,
        automatic=heard.automatic,
        title=heard.title,
        text=heard.text,
        html=heard.html,
        addressed=list(heard.addressed),
        lang=heard.lang or "",
        url=_web_address(heard.url),
        rating=heard.rating,
        extra=extra,
        at=at,
        received_at=now,
    )


def _web_address(given: str | None) -> str:
    """Pages link to it, so that nothing but the web's own schemes may stand there."""
    return given if given and given.lower().startswith(("https://", "http://")) else ""
