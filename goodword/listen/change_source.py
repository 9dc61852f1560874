"""Change what a source is called, and how it is reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.connectors.contract import Connector
from goodword.connectors.receiving import Receives
from goodword.kernel.facts import record
from goodword.kernel.seal import SealBroken, seal, unseal
from goodword.listen.events import SourceChanged
from goodword.listen.models import Source
from goodword.listen.sources import SettingFault, save_named, split_settings
from goodword.staff.models import Agent

OVERLAP = timedelta(hours=24)  # in which a network may sign with the old secret or the new


class SecretNeeded(SettingFault):
    """What is kept was given for another server: whoever sends it elsewhere has to know it."""

    def __init__(self, field: str) -> None:
        super().__init__(field, _("Type it again: it would be sent to another server than the one it was given for."))


@transaction.atomic
def change_source(
    *,
    source: Source,
    by: Agent | None,
    name: str,
    settings: Mapping[str, str],
    forget: Collection[str] = (),
    now: datetime,
) -> Source:
    """Another name, other settings. A secret that is empty stays, unless it is among `forget`.

    Whoever listens to the source ends within seconds and begins anew from the stored cursor, so that nothing is missed;
    what a network signs with an earlier secret counts for some hours more.
    Raises `SettingMissing`, `SettingWrong`, `SecretNeeded`, `NameTaken`.
    """
    source = Source.objects.select_for_update(of=("self",)).select_related("workspace").get(pk=source.pk)
    before = source.settings | kept_secrets(source)
    plain, secret = split_settings(source.connector, with_kept(source, settings, forget=forget))
    after = plain | secret
    changed = sorted(key for key in before.keys() | after.keys() if (before.get(key) or "") != (after.get(key) or ""))
    if name != source.name:
        changed.append("name of the source")
    if not changed:
        return source
    secrets = {field.name for field in source.connector.fields if field.secret}
    if isinstance(source.connector, Receives) and secrets & set(changed):
        earlier = kept_secrets(source) | _still_earlier(source, without=changed, now=now)
        source.sealed_earlier, source.earlier_until = seal(earlier), now + OVERLAP
    source.name, source.settings, source.sealed_secrets = name, plain, seal(secret)
    save_named(source, "name", "settings", "sealed_secrets", "sealed_earlier", "earlier_until")
    fact = SourceChanged(workspace_id=source.workspace_id, source_id=source.pk, changed=changed)
    record(fact, actor_id=by.pk if by else None, now=now)
    return source


@transaction.atomic
def end_earlier_secrets(*, source: Source, by: Agent | None, now: datetime) -> None:
    """What is signed with the secrets before the last change counts no more, e.g. since they leaked."""
    if Source.objects.filter(pk=source.pk, earlier_until__gt=now).update(sealed_earlier=b"", earlier_until=None):
        fact = SourceChanged(workspace_id=source.workspace_id, source_id=source.pk, changed=["earlier secrets"])
        record(fact, actor_id=by.pk if by else None, now=now)


def with_kept(source: Source, settings: Mapping[str, str], *, forget: Collection[str] = ()) -> dict[str, str]:
    """What was typed, over what is set. Raises `SecretNeeded` where a kept secret would go to another server."""
    given = {**source.settings, **settings}
    kept = {name: value for name, value in kept_secrets(source).items() if name not in forget and not given.get(name)}
    if kept and _goes_elsewhere(source.connector, source.settings, given):
        typed = [field.name for field in source.connector.fields if field.name in kept and not field.obtained]
        if typed:
            raise SecretNeeded(typed[0])
        kept = {}  # what signing in brought is of the other server
    return given | kept


def kept_secrets(source: Source) -> dict[str, str]:
    """Those that can still be opened; the others have to be typed anew."""
    try:
        return unseal(bytes(source.sealed_secrets))
    except SealBroken:
        return {}


def _still_earlier(source: Source, *, without: Collection[str], now: datetime) -> dict[str, str]:
    """Of an earlier change whose overlap runs: what the network may still sign with."""
    if source.earlier_until is None or now >= source.earlier_until:
        return {}
    try:
        earlier = unseal(bytes(source.sealed_earlier))
    except SealBroken:
        return {}
    return {name: value for name, value in earlier.items() if name not in without}


def _goes_elsewhere(connector: Connector, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    return any(
        (before.get(field.name) or field.default) != (after.get(field.name) or field.default)
        for field in connector.fields
        if field.guards_secrets
    )
