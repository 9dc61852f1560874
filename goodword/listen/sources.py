"""Open, stop and resume sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.connectors.contract import Connector, Field, Listens, NamesChannel
from goodword.connectors.registry import BrokenConnector, UnknownConnector, connector
from goodword.connectors.settings_schema import Fault, fault_of
from goodword.kernel.facts import record
from goodword.kernel.seal import seal
from goodword.listen.events import SourceOpened, SourceResumed, SourceStopped
from goodword.listen.gaps import close_gap, open_gap
from goodword.listen.models import Source
from goodword.listen.setting_faults import words_of
from goodword.staff.models import Agent, Workspace


class SettingFault(ValueError):
    """A setting isn't what it must be; `field` is its name."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


class SettingMissing(SettingFault):
    """A required setting wasn't given."""

    def __init__(self, field: str, label: str) -> None:
        super().__init__(field, _("%(label)s is needed.") % {"label": label})


class SettingWrong(SettingFault):
    """A setting was given that can't be."""

    def __init__(self, field: Field, fault: Fault) -> None:
        super().__init__(field.name, words_of(fault, field))


class NameTaken(ValueError):
    """Another source of the workspace has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(_("There is a source called %(name)s already.") % {"name": name})


@transaction.atomic
def open_source(
    *,
    workspace: Workspace,
    connector_key: str,
    name: str,
    settings: Mapping[str, str],
    now: datetime,
    channel: str | None = None,
    by: Agent | None = None,
) -> Source:
    """Connect a source; `channel` is the connector's own unless given. Secrets among the settings are sealed.

    Raises `SettingMissing`, `SettingWrong`, `NameTaken`.
    """
    spoken_to = connector(connector_key)
    plain, secret = split_settings(spoken_to, settings)
    source = Source(
        workspace=workspace,
        connector_key=connector_key,
        channel=channel or (spoken_to.channel if isinstance(spoken_to, NamesChannel) else connector_key),
        name=name,
        settings=plain,
        sealed_secrets=seal(secret),
        state=Source.State.LISTENING,
        created_at=now,
    )
    save_named(source)
    record(SourceOpened(workspace_id=workspace.pk, source_id=source.pk), actor_id=by.pk if by else None, now=now)
    return source


def save_named(source: Source, *fields: str) -> None:
    """Save it, or these fields of it, unless another has its name by now. Raises `NameTaken`."""
    try:
        with transaction.atomic():
            source.save(update_fields=fields or None)
    except IntegrityError as error:
        raise NameTaken(source.name) from error


@transaction.atomic
def stop_source(*, source: Source, by: Agent | None, reason: str, now: datetime) -> None:
    """Stop listening on purpose; the gap says why. Nothing is lost where the network lets us catch up."""
    # Who comes to us (a chat) was heard until this moment, however long nobody had anything to say.
    since = None if is_listened_to(source) else now
    open_gap(source=source, reason=reason, state=Source.State.STOPPED, now=now, since=since)
    record(
        SourceStopped(workspace_id=source.workspace_id, source_id=source.pk), actor_id=by.pk if by else None, now=now
    )


@transaction.atomic
def resume_source(*, source: Source, by: Agent | None, now: datetime) -> None:
    """Listen again, from the stored cursor; the gap closes with the first sign of life, or at once for a chat.

    Only what is stopped: a file that was read to its end is not read again.
    """
    stopped = Source.objects.filter(pk=source.pk, state=Source.State.STOPPED)
    if not stopped.update(state=Source.State.LISTENING, error=""):
        return
    if not is_listened_to(source):
        close_gap(source=source, filled=False, now=now)
    record(
        SourceResumed(workspace_id=source.workspace_id, source_id=source.pk), actor_id=by.pk if by else None, now=now
    )


def is_listened_to(source: Source) -> bool:
    """Whether we go and get; so it is taken to be where the connector is missing."""
    try:
        return isinstance(source.connector, Listens)
    except (UnknownConnector, BrokenConnector):
        return True


def split_settings(spoken_to: Connector, settings: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Settings that may be shown, and secrets. Raises `SettingMissing`, `SettingWrong`."""
    plain = dict(settings)
    secret = {}
    for field in spoken_to.fields:
        value = plain.get(field.name) or field.default
        if field.required and not value:
            raise SettingMissing(field.name, _(field.label))
        if fault := fault_of(field, value):
            raise SettingWrong(field, fault)
        if field.secret:
            plain.pop(field.name, None)
            if value:
                secret[field.name] = value
        else:
            plain[field.name] = value
    return plain, secret
