"""What becomes of words said in a thread that has a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from goodword.care.answers import read_answer
from goodword.care.decide import confirm_resolution, dispute_resolution
from goodword.care.models import Case, Episode, State
from goodword.care.rate import rate_resolution
from goodword.care.reopen import reopen_case
from goodword.listen.models import Disposition, Mention
from goodword.triage.disposition import Verdict

_CASE = Verdict(Disposition.CASE, "")
_OWN = Verdict(Disposition.OWN, "")


@dataclass(slots=True)
class Received:
    """Verdicts by mention id, what becomes a message of which episode, and what is left for a case that continues."""

    verdicts: dict[int, Verdict] = field(default_factory=dict)
    messages: list[tuple[Mention, Case, Episode]] = field(default_factory=list)
    rest: Sequence[Mention] = ()

    def take(self, mention: Mention, case: Case, episode: Episode, verdict: Verdict) -> None:
        """The mention becomes a message of the episode."""
        self.verdicts[mention.pk] = verdict
        self.messages.append((mention, case, episode))


def receive(*, case: Case, episode: Episode, mentions: Sequence[Mention], now: datetime) -> Received:
    """Sort what was said, in time order, in the thread of `case`, whose row is locked and whose last episode is given.

    A customer's word on a resolution is taken as such. Other words reopen a resolved case within the reopen window;
    from the first word after it on, everything is left for a new case.
    """
    received = Received()
    for place, mention in enumerate(mentions):
        if not mention.inbound:
            received.take(mention, case, episode, _OWN)
            continue
        if case.state == State.RESOLVED and _too_late(case, mention):
            received.rest = mentions[place:]
            break
        verdict, reopened = _hear(case, episode, mention, now)
        episode = reopened or episode
        received.take(mention, case, episode, verdict)
    return received


def _too_late(case: Case, mention: Mention) -> bool:
    window = timedelta(days=settings.REOPEN_WINDOW_DAYS)
    return case.resolved_at is not None and mention.at > case.resolved_at + window


def _hear(case: Case, episode: Episode, mention: Mention, now: datetime) -> tuple[Verdict, Episode | None]:
    """The verdict on a customer's words, and the new episode if they began one."""
    if mention.automatic:
        return Verdict(Disposition.NO_REPLY_NEEDED, _("an automatic message")), None
    if case.state == State.RESOLVED and case.resolved_at is not None and mention.at >= case.resolved_at:
        return _hear_after_resolution(case, episode, mention, now)
    if case.state == State.SNOOZED and mention.at >= case.last_message_at:
        case.state, case.snoozed_until = State.OPEN, None
        case.save(update_fields=["state", "snoozed_until"])
    return thanks(mention) or _CASE, None


def thanks(mention: Mention) -> Verdict | None:
    """The verdict on words that are nothing but thanks or a farewell: they are kept, and make nobody wait."""
    answer = read_answer(_new_words(mention))
    if answer is None or not answer.thanks_only:
        return None
    return Verdict(Disposition.NO_REPLY_NEEDED, _("thanks, nothing asked"))


def _hear_after_resolution(
    case: Case, episode: Episode, mention: Mention, now: datetime
) -> tuple[Verdict, Episode | None]:
    words = _new_words(mention)
    answer = read_answer(words) if mention.identity_id == case.identity_id else None
    if answer is None:
        return _CASE, _fresh(case, reopen_case(case=case, by=None, at=mention.at, now=now))
    if answer.rating is not None:
        rate_resolution(episode=episode, solved=answer.rating, person=None, comment="", way="answer", now=now)
    if answer.disputes:
        return _CASE, _fresh(case, dispute_resolution(episode=episode, words=words, at=mention.at, now=now))
    if answer.confirms:
        confirm_resolution(episode=episode, words=words, now=now)
    return Verdict(Disposition.NO_REPLY_NEEDED, _("the customer's word on the resolution")), None


def _new_words(mention: Mention) -> str:
    """What was said, without an earlier mail quoted below it and without the signature, where the channel knows."""
    end = mention.extra.get("visible_length")
    return mention.text[:end] if isinstance(end, int) else mention.text


def _fresh(case: Case, episode: Episode) -> Episode:
    """Another verb wrote the case's row: read it again, and go on in the episode that it began."""
    case.refresh_from_db(from_queryset=Case.objects.all())
    return episode
