"""What words tell of a draft: by the worker, which may hold the encoder, and until it answers by usual words alone.

The encoder takes some 80 MB and sees most faults. The web process never loads it: it asks, shows what usual words tell
at once, and asks again. The worker lets the encoder go when nobody has written for a while.
"""

from __future__ import annotations

import hashlib
import time
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.db import transaction

from goodword.honesty.models import DraftCheck
from goodword.honesty.rules import Finding, check_words
from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, somebody_works, task
from goodword.kernel.memory import give_back_memory
from goodword.staff.models import Workspace

LONGEST: Final = 10_000
"""Characters of a draft that are checked; no channel takes more from an agent's hand."""
PATIENCE: Final = 1.5
"""Seconds that sending waits for the worker; then usual words alone decide."""
TRIED_AGAIN_AFTER: Final = timedelta(seconds=10)
KEPT_FOR: Final = timedelta(minutes=10)
ENCODER_KEPT_FOR: Final = timedelta(minutes=2)
_LOOK_EVERY: Final = 0.03  # seconds


class Read(msgspec.Struct, frozen=True):
    """What was found; `whole` is whether the worker has answered, or won't."""

    findings: list[Finding]
    whole: bool


def read_words(workspace: Workspace, text: str, *, public: bool) -> Read:
    """What is known by now, asking nobody."""
    text = text[:LONGEST]
    known = _answer(workspace, _key(text, public))
    if known is not None:
        return Read(known, whole=True)
    return Read(check_words([(text, public)])[0], whole=False)


def ask_worker(workspace: Workspace, text: str, *, public: bool, now: datetime) -> Read:
    """What is known by now; where the worker has not answered, it is asked, once for each draft."""
    text = text[:LONGEST]
    read = read_words(workspace, text, public=public)
    if read.whole or not text.strip() or not somebody_works():
        return Read(read.findings, whole=True)
    key = _key(text, public)
    is_asked = DraftCheck.objects.of(workspace).filter(key=key, asked_at__gt=now - TRIED_AGAIN_AFTER).exists()
    if not is_asked:
        with transaction.atomic():
            asked, _is_new = DraftCheck.objects.update_or_create(
                workspace=workspace,
                key=key,
                defaults={"text": text, "public": public, "asked_at": now, "answered_at": None, "answer": None},
            )
            enqueue(check_draft, check_id=asked.pk)
    return read


def wait_for_worker(workspace: Workspace, text: str, *, public: bool, now: datetime) -> None:
    """Before a draft is sent: let the worker answer first, if it does so in time. Call it outside any transaction."""
    read = ask_worker(workspace, text, public=public, now=now)
    ends = time.monotonic() + PATIENCE
    while not read.whole and time.monotonic() < ends:
        time.sleep(_LOOK_EVERY)
        read = read_words(workspace, text, public=public)


def _key(text: str, public: bool) -> str:
    return hashlib.sha256(f"{public}\0{text}".encode()).hexdigest()


def _answer(workspace: Workspace, key: str) -> list[Finding] | None:
    found = DraftCheck.objects.of(workspace).filter(key=key, answered_at__isnull=False)
    answer: Any = found.values_list("answer", flat=True).first()
    return None if answer is None else msgspec.convert(answer, list[Finding])


@task(queue="drafts")
def check_draft(*, check_id: int) -> None:
    """Answer one, if nobody has. Drafts in other languages than English are read by usual words alone."""
    asked = DraftCheck.objects.filter(pk=check_id, answered_at=None).first()
    if asked is None:
        return
    from goodword.honesty.rules import check
    from goodword.language.reading.language_id import languages

    is_english = languages([asked.text])[0] in {"en", "und"}
    [findings] = (check if is_english else check_words)([(asked.text, asked.public)])
    asked.answer, asked.answered_at, asked.text = msgspec.to_builtins(findings), current_time(), ""
    asked.save(update_fields=["answer", "answered_at", "text"])


def forget_drafts(*, now: datetime) -> None:
    """Nobody asks for these again; and where nobody writes, nobody needs the encoder."""
    DraftCheck.objects.filter(asked_at__lt=now - KEPT_FOR).delete()
    latest = DraftCheck.objects.order_by("-asked_at").values_list("asked_at", flat=True).first()
    if latest is not None and now - 2 * ENCODER_KEPT_FOR < latest < now - ENCODER_KEPT_FOR:
        from goodword.language.reading.encoders import forget_encoders

        forget_encoders()
        give_back_memory()
