"""Look at the files that came with mentions: fetch, check, and make them fit to be opened from our own origin."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from goodword.connectors.contract import Fetches, Refused, Retry
from goodword.kernel import live
from goodword.kernel.clean_file import BadFile, CleanFile, clean_file
from goodword.kernel.file_types import safe_filename
from goodword.kernel.files import discard_unused, keep, path_of
from goodword.kernel.http import FetchFailed, Forbidden, Limits, fetch
from goodword.kernel.virus_scan import ScannerAway
from goodword.listen.models import Attachment

log = logging.getLogger(__name__)

_TRY_FOR = timedelta(hours=2)
_TRIES = 3  # for a file that breaks what reads it
_FETCH_SECONDS = 30.0


class NotYet(Exception):
    """It can't be looked at now, and perhaps later: the other side, or the scanner, doesn't answer."""


def attach_waiting(*, after_id: int, limit: int, now: datetime) -> int | None:
    """Look at the next waiting files, of all workspaces; the id to go on after, or None when there are no more.

    Outside any transaction, since it talks to others. What can't be looked at yet stays waiting.
    """
    waiting = Attachment.objects.filter(state=Attachment.State.WAITING, pk__gt=after_id)
    last = None
    for attachment in waiting.select_related("mention__source").order_by("pk")[:limit]:
        attach(attachment=attachment, now=now)
        last = attachment.pk
    return last


def attach(*, attachment: Attachment, now: datetime) -> None:
    """Look at one file. It ends ready or refused with its reason, or waits on: for two hours, or three tries."""
    attachment.filename = safe_filename(attachment.filename)
    came_as = attachment.stored_as
    try:
        clean = clean_file(_content(attachment), attachment.filename)
    except BadFile as refusal:
        _refuse(attachment, str(refusal))
    except (NotYet, ScannerAway) as trouble:
        if now - attachment.mention.received_at > _TRY_FOR:
            _refuse(attachment, str(trouble))
        else:
            log.warning("attachment %s waits: %s", attachment.pk, trouble)
    except Exception as error:  # noqa: BLE001  # readers of foreign formats: one file that breaks them holds up no other
        _broke(attachment, error)
    else:
        _accept(attachment, clean)
    if came_as and came_as != attachment.stored_as:  # with all that was taken out of it, or for which it was refused
        discard_unused(attachment.workspace_id, came_as)


@transaction.atomic
def _accept(attachment: Attachment, clean: CleanFile) -> None:
    attachment.filename, attachment.sniffed_type = clean.filename, clean.media_type
    attachment.stored_as = keep(attachment.workspace_id, clean.content)
    attachment.size = len(clean.content)
    attachment.state = Attachment.State.READY
    attachment.reason = "" if clean.scanned else _("Not checked for viruses: no scanner is set up.")
    _settle(attachment)


def _content(attachment: Attachment) -> bytes:
    """The bytes as they came. Raises `BadFile`, `NotYet`."""
    if attachment.stored_as:
        try:
            return path_of(attachment.workspace_id, attachment.stored_as).read_bytes()
        except OSError as error:
            raise BadFile(_("It is missing from the file store.")) from error
    source = attachment.mention.source
    if isinstance(source.connector, Fetches):
        return _asked_of(source.connector, source.full_settings(), attachment.remote_url)
    limits = Limits(
        max_bytes=settings.MAX_FILE_BYTES,
        seconds=_FETCH_SECONDS,
        also=tuple(ipaddress.ip_network(network) for network in settings.ALSO_FETCH_FROM),
    )
    try:
        return fetch(attachment.remote_url, limits=limits).content
    except Forbidden as refusal:
        raise BadFile(_("Its address is none that may be fetched.")) from refusal
    except FetchFailed as failure:
        reason = _("It could not be fetched: %s") % failure
        raise (NotYet if failure.worth_trying_again else BadFile)(reason) from failure


def _asked_of(connector: Fetches, settings_of_source: Mapping[str, Any], url: str) -> bytes:
    """A file that only its connector can fetch. Raises `BadFile`, `NotYet`."""
    try:
        return connector.fetch(settings=settings_of_source, url=url, max_bytes=settings.MAX_FILE_BYTES)
    except Refused as refusal:
        raise BadFile(_("It could not be fetched: %s") % refusal) from refusal
    except Retry as retry:
        raise NotYet(_("It could not be fetched: %s") % retry) from retry


def _broke(attachment: Attachment, error: Exception) -> None:
    """Tried again later, since the machine may have been to blame, and refused in the end."""
    name = type(error).__name__
    log.warning("attachment %s broke its reader: %s", attachment.pk, name, exc_info=error)
    attachment.attempts += 1
    Attachment.objects.filter(pk=attachment.pk).update(attempts=attachment.attempts)
    if attachment.attempts >= _TRIES:
        _refuse(attachment, _("It can't be read: looking at it failed (%(error)s).") % {"error": name})


def _refuse(attachment: Attachment, reason: str) -> None:
    attachment.state, attachment.reason = Attachment.State.REFUSED, reason[:200]
    attachment.stored_as = ""
    _settle(attachment)


def _settle(attachment: Attachment) -> None:
    names = ("filename", "sniffed_type", "stored_as", "size", "state", "reason")
    settled = {name: getattr(attachment, name) for name in names}
    if not Attachment.objects.filter(pk=attachment.pk).update(**settled):
        if attachment.stored_as:  # what it came with was deleted meanwhile
            transaction.on_commit(partial(discard_unused, attachment.workspace_id, attachment.stored_as))
        return
    live.announce(attachment.workspace_id, "AttachmentSettled", f"mention:{attachment.mention_id}")
