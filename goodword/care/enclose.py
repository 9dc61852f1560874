"""Put a file with a reply that is being written."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goodword.care.models import Case, Enclosure
from goodword.care.terms import NotAllowed, terms_of
from goodword.connectors.contract import Capabilities
from goodword.kernel.clean_file import clean_file
from goodword.kernel.files import discard_unused, keep
from goodword.staff.models import Agent


class Upload(Protocol):
    """What Django gives for an uploaded file."""

    name: str | None
    size: int | None

    def read(self) -> bytes: ...


def enclose(*, case: Case, by: Agent, file: Upload) -> Enclosure:
    """Keep a file for the next reply of `by`, if the channel takes it: pictures lose what tells where they were taken.

    Raises `NotAllowed` (with the channel's limit), `BadFile`, `ScannerAway`.
    """
    terms = terms_of(case)
    if terms.refusal:
        raise NotAllowed(terms.refusal)
    capabilities = terms.capabilities
    _check_size(capabilities, file.size or 0)
    clean = clean_file(file.read(), file.name or "")
    _check_size(capabilities, len(clean.content))
    if capabilities.attachment_types and clean.media_type not in capabilities.attachment_types:
        raise NotAllowed(
            _("This channel takes no such file (%(type)s), but: %(types)s.")
            % {"type": clean.media_type, "types": ", ".join(capabilities.attachment_types)}
        )
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)  # two uploads at once are counted one by one
        if enclosed(case=case, by=by).count() >= capabilities.max_attachments:
            raise NotAllowed(_("This channel takes at most %d files with a reply.") % capabilities.max_attachments)
        return Enclosure.objects.create(
            workspace_id=case.workspace_id,
            draft_case=case,
            agent=by,
            filename=clean.filename,
            media_type=clean.media_type,
            stored_as=keep(case.workspace_id, clean.content),
            size=len(clean.content),
        )


def enclosed(*, case: Case, by: Agent) -> QuerySet[Enclosure]:
    """The files that lie with what `by` is writing, in the order in which they came."""
    return Enclosure.objects.of(case.workspace_id).filter(draft_case=case, agent=by, message=None).order_by("id")


def take_out(*, enclosure: Enclosure) -> None:
    """Take a file away from a reply that isn't queued yet."""
    taken, _by_model = Enclosure.objects.filter(pk=enclosure.pk, message=None).delete()
    if taken:
        transaction.on_commit(partial(discard_unused, enclosure.workspace_id, enclosure.stored_as))


def _check_size(capabilities: Capabilities, size: int) -> None:
    if capabilities.max_attachments == 0:
        raise NotAllowed(_("This channel takes no files."))
    if size > capabilities.max_attachment_bytes:
        raise NotAllowed(
            _("The file has %(size)d kB; this channel takes %(limit)d kB at most.")
            % {"size": size // 1000, "limit": capabilities.max_attachment_bytes // 1000}
        )
