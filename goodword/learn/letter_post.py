"""The post of the weekly letters: which are due, which one is being sent, and what came of it.

What is committed is what holds if its sender dies right then: while a letter is written it counts as not sent, and is
tried again; from the moment that it is handed over it is not sent again: a letter twice is worse than one that its
reader can open on the page.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.learn.events import LettersDue
from goodword.learn.models import LetterReader, MailedLetter
from goodword.staff.models import Workspace
from goodword.staff.week import last_week

HOUR = time(7)  # on Monday, in the workspace's zone
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (10, 60, 240, 720))  # before it is tried again


@transaction.atomic
def lay_out(*, workspace: Workspace, now: datetime) -> int:
    """Once a week, from Monday at 7 on: a letter about last week for everybody who was a reader by then; how many."""
    week = last_week(workspace, now=now)
    moment = datetime.combine(week.monday + timedelta(days=7), HOUR, ZoneInfo(workspace.zone))
    if now < moment:
        return 0
    readers = LetterReader.objects.of(workspace).filter(since__lt=moment)
    missing = list(readers.exclude(letters__monday=week.monday))
    if not missing:
        return 0
    MailedLetter.objects.bulk_create(
        [MailedLetter(workspace=workspace, reader=each, monday=week.monday, next_at=now) for each in missing],
        ignore_conflicts=True,
    )
    record(LettersDue(workspace_id=workspace.pk, monday=week.monday.isoformat(), count=len(missing)), now=now)
    return len(missing)


@transaction.atomic
def next_letter(*, now: datetime) -> MailedLetter | None:
    """Claim one that is due; unless more is said of it, it could not be written and is tried again."""
    due = MailedLetter.objects.filter(next_at__lte=now).select_related("reader__workspace")
    found = due.select_for_update(of=("self",), skip_locked=True).order_by("next_at", "pk").first()
    if found is not None:
        found.at = now
        found.attempts += 1
        found.save(update_fields=["at", "attempts"])
        mark_not_sent(letter=found, says=_("It could not be written."), for_good=False, now=now)
    return found


def mark_handed_over(*, letter: MailedLetter) -> None:
    """From here on it may arrive."""
    _settle(letter, MailedLetter.State.SENDING, "", None)


def mark_sent(*, letter: MailedLetter) -> None:
    """The mail server has it."""
    _settle(letter, MailedLetter.State.SENT, "", None)


def mark_not_sent(*, letter: MailedLetter, says: str, for_good: bool, now: datetime) -> None:
    """The mail server surely doesn't have it: it is tried again, unless it was refused for good."""
    again = not for_good and letter.attempts <= len(PAUSES)
    state = MailedLetter.State.WAITS if again else MailedLetter.State.FAILED
    _settle(letter, state, says, now + PAUSES[letter.attempts - 1] if again else None)


def mark_unknown(*, letter: MailedLetter, says: str) -> None:
    """The line broke while it was handed over."""
    _settle(letter, MailedLetter.State.SENDING, says, None)


@transaction.atomic
def doubt_letters(*, now: datetime) -> int:
    """After a restore, before a worker starts: what is due may have been sent since the backup was made, even where
    that week's letters weren't laid out by then. Nothing of it is sent again; how many there are."""
    for workspace in Workspace.objects.all():
        lay_out(workspace=workspace, now=now)
    says = _("Restored from a backup: it may have arrived since.")
    due = MailedLetter.objects.filter(next_at__isnull=False)
    return due.update(state=MailedLetter.State.SENDING, says=says, next_at=None)


def _settle(letter: MailedLetter, state: MailedLetter.State, says: str, next_at: datetime | None) -> None:
    MailedLetter.objects.filter(pk=letter.pk).update(state=state, says=says[:200], next_at=next_at)
