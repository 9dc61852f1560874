"""Who gets which weekly letter: put down by a lead, taken off by a lead or by themselves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.kernel.ids import read_id
from goodword.learn.events import LetterReaderAdded, LetterReaderLeft
from goodword.learn.models import LetterReader
from goodword.staff.models import Agent, Workspace
from goodword.triage.models import Audience

MOST = 50  # of one letter
_SIGNER = Signer(salt="goodword.learn.letter")


class BadReader(Exception):
    """No address, or one reader too many."""


@transaction.atomic
def add_reader(*, workspace: Workspace, audience: Audience, email: str, by: Agent, now: datetime) -> LetterReader:
    """From the next letter on; putting somebody down twice changes nothing. Raises `BadReader`."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise BadReader(_("This is no address of mail.")) from error
    if LetterReader.objects.of(workspace).filter(audience=audience).count() >= MOST:
        raise BadReader(_("A letter has %(most)d readers at most; a list of your own can be one.") % {"most": MOST})
    reader, is_new = LetterReader.objects.get_or_create(
        workspace=workspace, audience=audience.value, email=email, defaults={"since": now}
    )
    if is_new:
        fact = LetterReaderAdded(workspace_id=workspace.pk, audience=audience.value, reader_id=reader.pk)
        record(fact, now=now, actor_id=by.pk)
    return reader


@transaction.atomic
def remove_readers(*, readers: Collection[LetterReader], by: Agent | None, now: datetime) -> None:
    """They get no more of these letters. `by` nobody: they asked for it themselves."""
    for reader in readers:
        fact = LetterReaderLeft(workspace_id=reader.workspace_id, audience=reader.audience, reader_id=reader.pk)
        LetterReader.objects.filter(pk=reader.pk).delete()
        record(fact, now=now, actor_id=by.pk if by else None)


def leaving_address(reader: LetterReader) -> str:
    """Where they take themselves off; whoever has it can."""
    return settings.PUBLIC_URL + reverse("letters:leave", args=[_SIGNER.sign(str(reader.pk))])


def reader_of(token: str) -> LetterReader | None:
    """Whose address it is; None for a forged one, and once they left."""
    try:
        pk = read_id(_SIGNER.unsign(token))
    except BadSignature:
        return None
    found = LetterReader.objects.select_related("workspace")
    return found.filter(pk=pk).first() if pk is not None else None
