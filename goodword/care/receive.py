"""What becomes of words said in a thread that has a case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from goodword.care.answers import Answer, read_answer
from goodword.care.answers import Verdict as Word
from goodword.care.closing import was_asked
from goodword.care.decide import confirm_resolution, dispute_resolution
from goodword.care.longer_answers import is_thanks, read_asked
from goodword.care.models import Case, Episode, Rating, Resolution, State
from goodword.care.open import Said
from goodword.care.rate import rate_resolution
from goodword.care.reopen import reopen_case
from goodword.care.weigh import reading_of
from goodword.listen.models import Disposition, Mention
from goodword.triage.disposition import Verdict

_CASE = Verdict(Disposition.CASE, "")
_OWN = Verdict(Disposition.OWN, "")
_CLOCKS_DIFFER = timedelta(minutes=10)  # between a sender's clock and ours, before words count as said earlier


@dataclass(slots=True)
class Received:
    """Verdicts by mention id, what becomes a message of which episode, and what is left for a case that continues."""

    verdicts: dict[int, Verdict] = field(default_factory=dict)
    messages: list[Said] = field(default_factory=list)
    rest: Sequence[Mention] = ()

    def take(self, said: Said, verdict: Verdict) -> None:
        """The mention becomes a message."""
        self.verdicts[said.mention.pk] = verdict
        self.messages.append(said)


def receive(
    *,
    case: Case,
    episode: Episode,
    mentions: Sequence[Mention],
    recorded: Collection[int],
    answered_at: datetime | None,
    now: datetime,
) -> Received:
    """Sort what was said, in time order, in the thread of `case`, whose row is locked and whose last episode is given.

    A customer's word on a resolution is taken as such. Other words reopen a resolved case within the reopen window;
    from the first word after it on, everything is left for a new case. `recorded`: ids of mentions that a file of the
    past brought, in whose order their own dates say what came before what. Everything else comes after whatever we had
    done when we heard it (`answered_at`: our last answer from here): a late mail, or one of a slow clock, is new.
    """
    received = Received()
    for place, mention in enumerate(mentions):
        if not mention.inbound:
            received.take(Said(mention, case, episode, mention.at), _OWN)
            continue
        live = mention.pk not in recorded
        at = _after(mention, answered_at, case.resolved_at) if live else mention.at
        if case.state == State.RESOLVED and _too_late(case, at):
            received.rest = mentions[place:]
            break
        verdict, reopened = _hear(Said(mention, case, episode, at), now, live=live)
        episode = reopened or episode
        received.take(Said(mention, case, episode, at), verdict)
    return received


def _after(mention: Mention, *done: datetime | None) -> datetime:
    """Where words heard just now stand among what was done before: as dated, unless that lies before the last of it."""
    last = max((moment for moment in done if moment is not None), default=mention.at)
    return mention.at if mention.at >= last else max(mention.received_at, last + timedelta(microseconds=1))


def _too_late(case: Case, at: datetime) -> bool:
    window = timedelta(days=settings.REOPEN_WINDOW_DAYS)
    return case.resolved_at is not None and at > case.resolved_at + window


def _hear(said: Said, now: datetime, *, live: bool) -> tuple[Verdict, Episode | None]:
    """The verdict on a customer's words, and the new episode if they began one."""
    mention, case = said.mention, said.case
    if mention.automatic:
        return Verdict(Disposition.NO_REPLY_NEEDED, _("an automatic message")), None
    if case.state == State.RESOLVED and case.resolved_at is not None and said.at >= case.resolved_at:
        return _hear_after_resolution(said, now)
    if case.state == State.SNOOZED and (live or said.at >= case.last_message_at):
        case.state, case.snoozed_until = State.OPEN, None
        case.save(update_fields=["state", "snoozed_until"])
    return thanks(mention) or _CASE, None


def thanks(mention: Mention) -> Verdict | None:
    """The verdict on words that are nothing but thanks or a farewell: they are kept, and make nobody wait."""
    if not is_thanks(_new_words(mention), reading_of(mention)):
        return None
    return Verdict(Disposition.NO_REPLY_NEEDED, _("thanks, nothing asked"))


def _hear_after_resolution(said: Said, now: datetime) -> tuple[Verdict, Episode | None]:
    case, episode = said.case, said.episode
    words = _new_words(said.mention)
    answer = _answer(said, words) if said.mention.identity_id == case.identity_id else None
    resolved_at = case.resolved_at or said.at
    knew = said.mention.at >= resolved_at - _CLOCKS_DIFFER  # when writing, that we call it solved
    if answer is None or (answer.disputes and not knew):
        return _CASE, _fresh(case, reopen_case(case=case, by=None, at=said.at, now=now))
    if answer.rating is not None and knew:
        rate_resolution(episode=episode, solved=answer.rating, person=None, way=Rating.Way.ANSWER, now=now)
    if answer.disputes:
        return _CASE, _fresh(case, dispute_resolution(episode=episode, words=words, at=said.at, now=now))
    if answer.confirms and knew:
        confirm_resolution(episode=episode, words=words, now=now)
    return Verdict(Disposition.NO_REPLY_NEEDED, _("the customer's word on the resolution")), None


def _answer(said: Said, words: str) -> Answer | None:
    """Whom we asked may answer in many words; else only what is nothing but an answer counts as one."""
    asked = Episode.objects.filter(was_asked(by=said.at), pk=said.episode.pk, resolution=Resolution.PROPOSED)
    answer = read_answer(words)
    if answer is None and asked.exists():
        answer = read_asked(words, reading_of(said.mention))
    if answer is None and is_thanks(words, reading_of(said.mention)):
        return Answer(Word.THANKS)
    return answer


def _new_words(mention: Mention) -> str:
    """What was said, without an earlier mail quoted below it and without the signature, where the channel knows."""
    end = mention.extra.get("visible_length")
    return mention.text[:end] if isinstance(end, int) else mention.text


def _fresh(case: Case, episode: Episode) -> Episode:
    """Another verb wrote the case's row: read it again, and go on in the episode that it began."""
    case.refresh_from_db(from_queryset=Case.objects.all())
    return episode
