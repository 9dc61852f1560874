"""Find or make the identities of those who spoke."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from goodword.connectors.contract import Author
from goodword.kernel.copying import copy_in
from goodword.people.models import Identity, Person

_NAME_LENGTH = 200
_LEARNED = ("handle", "name", "email", "followers", "verified", "ours")
_IDENTIFYING = 7404  # PostgreSQL lock class


@transaction.atomic
def identify(
    *, workspace_id: int, channel: str, authors: Iterable[tuple[Author, bool]], now: datetime
) -> dict[str, Identity]:
    """Identities by native id, for authors given with whether they are the brand's own account.

    A new identity gets a person of its own: who is the same person elsewhere is never guessed here. The person has no
    name, so that pages show the identity's as it is today. What a network tells anew (name, handle, reach) is kept;
    what it stays silent about is not forgotten.
    """
    latest: dict[str, tuple[Author, bool]] = {}
    for author, ours in authors:
        before = latest.get(author.native_id)
        latest[author.native_id] = (author, ours or bool(before and before[1]))
    known = _known(workspace_id, channel, latest)
    if missing := [native_id for native_id in latest if native_id not in known]:
        _take_turn(workspace_id, channel)
        known |= _known(workspace_id, channel, missing)
        missing = [native_id for native_id in missing if native_id not in known]
        _introduce(workspace_id, channel, [latest[native_id] for native_id in missing], now)
        known |= _known(workspace_id, channel, missing)
    if outdated := [identity.pk for native_id, identity in known.items() if _learn(identity, *latest[native_id])]:
        known |= _update(outdated, latest)
    return known


def _known(workspace_id: int, channel: str, native_ids: Iterable[str]) -> dict[str, Identity]:
    rows = Identity.objects.of(workspace_id).filter(channel=channel, native_id__in=list(native_ids))
    return {identity.native_id: identity for identity in rows}


def _introduce(workspace_id: int, channel: str, authors: list[tuple[Author, bool]], now: datetime) -> None:
    people = copy_in([Person(workspace_id=workspace_id, created_at=now) for _ in authors])
    copy_in(
        [
            Identity(
                workspace_id=workspace_id,
                person=person,
                channel=channel,
                native_id=author.native_id,
                handle=author.handle,
                name=author.name[:_NAME_LENGTH],
                email=author.email,
                followers=author.followers,
                verified=author.verified,
                ours=ours,
                first_seen_at=now,
            )
            for person, (author, ours) in zip(people, authors, strict=True)
        ]
    )


def _update(outdated: list[int], latest: dict[str, tuple[Author, bool]]) -> dict[str, Identity]:
    """Learn what is new on the rows as they stand now, locked in the order of their ids: sources share identities."""
    rows = Identity.objects.select_for_update(of=("self",)).filter(pk__in=outdated).order_by("pk")
    locked = {identity.native_id: identity for identity in rows}
    changed = [identity for native_id, identity in locked.items() if _learn(identity, *latest[native_id])]
    Identity.objects.bulk_update(changed, _LEARNED, 500)
    return locked


def _take_turn(workspace_id: int, channel: str) -> None:
    """Two sources of one channel may meet somebody new at the same moment; one of them waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_IDENTIFYING, f"{workspace_id}:{channel}"])


def _learn(identity: Identity, author: Author, ours: bool) -> bool:
    """Take over what is new; whether anything was."""
    told = {
        "handle": author.handle or identity.handle,
        "name": author.name[:_NAME_LENGTH] or identity.name,
        "email": author.email or identity.email,
        "followers": author.followers if author.followers is not None else identity.followers,
        "verified": author.verified or identity.verified,
        "ours": ours or identity.ours,
    }
    changed = {name: value for name, value in told.items() if getattr(identity, name) != value}
    for name, value in changed.items():
        setattr(identity, name, value)
    return bool(changed)
