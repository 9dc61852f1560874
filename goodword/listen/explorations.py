"""Ask what a search matches, and have it answered by the worker, which holds the kernel; else by hand, less far."""

from __future__ import annotations

import hashlib
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, somebody_works, task
from goodword.language.searches import parse
from goodword.listen.explore import Found, as_json, explore, from_json
from goodword.listen.matchers import by_hand, by_kernel
from goodword.listen.models import Exploration
from goodword.staff.models import Workspace

STILL_TRUE_FOR = timedelta(seconds=30)
KEPT_FOR = timedelta(minutes=30)
PATIENCE = 1.5  # seconds to wait for the worker
BY_HAND = 0.3  # seconds of matching, where no worker answers
_LOOK_EVERY = 0.02  # seconds


def ask(*, workspace: Workspace, text: str, since: datetime, until: datetime, step: int, now: datetime) -> Found:
    """What was said in the span that the search matches. An answer of the last half minute is given again.

    Raises `SearchError`.
    """
    text = text.strip()
    if text:
        parse(text)
    found = _ask_worker(workspace, text, since, until, step, now) if somebody_works() else None
    return found or explore(
        workspace_id=workspace.pk,
        text=text,
        since=since,
        until=until,
        step=step,
        hold=lambda search: by_hand(search, seconds=BY_HAND),
    )


def _ask_worker(
    workspace: Workspace, text: str, since: datetime, until: datetime, step: int, now: datetime
) -> Found | None:
    """None when it does not answer in time; then the answer will be there when it is asked for again."""
    question = "\0".join((text, since.isoformat(), until.isoformat(), str(step)))
    key = hashlib.sha256(question.encode()).hexdigest()
    answers = _answers_to(workspace, key, now)
    if not answers:
        with transaction.atomic():
            exploration, _is_new = Exploration.objects.update_or_create(
                workspace=workspace,
                key=key,
                defaults={
                    **{"text": text, "since": since, "until": until, "step": step},
                    **{"asked_at": now, "answered_at": None, "answer": None},
                },
            )
            enqueue(answer_exploration, exploration_id=exploration.pk)
    ends = time.monotonic() + PATIENCE
    while not any(answers):
        if time.monotonic() > ends:
            return None
        time.sleep(_LOOK_EVERY)
        answers = _answers_to(workspace, key, now)
    return from_json(answers[0])


def _answers_to(workspace: Workspace, key: str, now: datetime) -> list[Any]:
    """The answer if it is still true; None in its place while it is being worked at; empty if nobody asked."""
    asked = Exploration.objects.of(workspace).filter(key=key, asked_at__gt=now - STILL_TRUE_FOR)
    return list(asked.values_list("answer", flat=True))


@task(queue="exploring")
def answer_exploration(*, exploration_id: int) -> None:
    """Answer one, if nobody has."""
    exploration = Exploration.objects.filter(pk=exploration_id, answered_at=None).first()
    if exploration is None:
        return
    found = explore(
        workspace_id=exploration.workspace_id,
        text=exploration.text,
        since=exploration.since,
        until=exploration.until,
        step=exploration.step,
        hold=by_kernel,
    )
    exploration.answer, exploration.answered_at = as_json(found), current_time()
    exploration.save(update_fields=["answer", "answered_at"])


def forget_explorations(*, now: datetime) -> None:
    """Nobody asks again for these."""
    Exploration.objects.filter(asked_at__lt=now - KEPT_FOR).delete()
