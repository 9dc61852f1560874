"""Attend to what was heard: every mention ends in a recorded disposition.

It joins the case of its conversation, opens one, or is found to need none. Runs in turn within a source, in batches.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max, QuerySet, Window
from django.db.models.functions import RowNumber

from goodword.care.begin_earlier import begin_earlier
from goodword.care.conversations import NOBODY, Conversation, Sharing
from goodword.care.events import MessageReceived
from goodword.care.history import Histories
from goodword.care.models import Case, Episode, Message, MessageKind
from goodword.care.open import Opening, add_messages, open_cases
from goodword.care.own_words import recognise_echoes
from goodword.care.read_mentions import read_mentions
from goodword.care.receive import Received, receive, thanks
from goodword.care.threads import cases_of
from goodword.care.touch import touch_cases
from goodword.care.weigh import raise_risk, reading_of, weigh
from goodword.connectors.contract import Direction
from goodword.kernel.facts import record_all
from goodword.kernel.redoable import redoable
from goodword.listen.decide import Decision, decide_mentions
from goodword.listen.disown import disown, is_unproven
from goodword.listen.locks import Step, take_turn
from goodword.listen.match_mentions import match_mentions
from goodword.listen.models import Disposition, Mention, RawItem, Source
from goodword.triage.disposition import Verdict, judge
from goodword.triage.risk import Risk

_EARLIER: Final = 200  # of a conversation without a case, what is weighed again with each new word
Conversations = dict[Conversation, list[Mention]]  # each in time order

_CASE = Verdict(Disposition.CASE, "")
_OWN = Verdict(Disposition.OWN, "")


@transaction.atomic
def attend(*, source_id: int, limit: int, now: datetime) -> int:
    """Give the next mentions of a source their dispositions. How many; zero means that nothing is left."""
    redoable()
    take_turn(Step.ATTENDING, source_id)
    source = Source.objects.select_related("workspace").get(pk=source_id)
    undecided = Mention.objects.filter(source=source).undecided().select_related("identity").order_by("id")
    mentions = list(undecided[:limit])
    if not mentions:
        return 0
    echoes = recognise_echoes(source, [mention for mention in mentions if not mention.inbound], now)
    disown(mentions=[mention for mention in mentions if is_unproven(mention) and mention.pk not in echoes])
    read_mentions([mention for mention in mentions if mention.inbound and not (mention.reading or {}).get("deep")])
    wanted = match_mentions(workspace_id=source.workspace_id, mentions=mentions)
    verdicts = dict.fromkeys(echoes, _OWN)
    sharing = Sharing(source.workspace_id, mentions)
    talks = sharing.conversations(mention for mention in mentions if mention.pk not in echoes)
    cases = cases_of(source, talks, shared=sharing.shared, now=now)
    histories = Histories(source.workspace_id, mentions)
    received = _go_on({talk: talks[talk] for talk in cases}, cases, now)
    openings = _continuations(received, cases, histories, verdicts)
    for said in _complete(sharing, source, {key: said for key, said in talks.items() if key not in cases}).values():
        opening = _consider(said, histories, verdicts, wanted)
        if opening is not None:
            openings.append(opening)
    for each in received.values():
        verdicts |= each.verdicts
    _decide(source, mentions, openings, verdicts, now)
    open_cases(source=source, openings=openings, now=now)
    _add(source, received, cases, histories, now)
    return len(mentions)


def _go_on(talks: Conversations, cases: Mapping[Conversation, Case], now: datetime) -> dict[Conversation, Received]:
    """Receive what was said in conversations that have a case."""
    if not talks:
        return {}
    newest = (
        Episode.objects.filter(case__in=[cases[talk] for talk in talks])
        .order_by("case_id", "-number")
        .distinct("case_id")
    )
    episodes = {episode.case_id: episode for episode in newest}
    recorded = _recorded([mention for said in talks.values() for mention in said])
    answered = _last_answers([cases[talk] for talk in talks])
    return {
        talk: receive(
            case=cases[talk],
            episode=episodes[cases[talk].pk],
            mentions=said,
            recorded=recorded,
            answered_at=answered.get(cases[talk].pk),
            now=now,
        )
        for talk, said in talks.items()
    }


def _recorded(mentions: Sequence[Mention]) -> set[int]:
    """Ids of those that were read from a file of the past."""
    raw_ids = [mention.raw_id for mention in mentions if mention.raw_id is not None]
    recorded = set(RawItem.objects.filter(pk__in=raw_ids, import_run__isnull=False).values_list("pk", flat=True))
    return {mention.pk for mention in mentions if mention.raw_id in recorded}


def _last_answers(cases: Sequence[Case]) -> dict[int, datetime]:
    """When each case was last answered from here, by its id."""
    written_here = Message.objects.filter(case__in=cases, kind=MessageKind.REPLY, idempotency_key__isnull=False)
    return dict(written_here.values_list("case_id").annotate(Max("at")))


def _continuations(
    received: Mapping[Conversation, Received],
    cases: Mapping[Conversation, Case],
    histories: Histories,
    verdicts: dict[int, Verdict],
) -> list[Opening]:
    """New cases for what came after the reopen window, each linked to the case it continues."""
    openings = []
    for talk, each in received.items():
        if not each.rest:
            continue
        risk = weigh([mention for mention in each.rest if mention.inbound], histories)
        openings.append(Opening(mentions=each.rest, risk=risk, continues=cases[talk]))
        for mention in each.rest:
            verdicts[mention.pk] = _CASE if mention.inbound else _OWN
    return openings


def _complete(sharing: Sharing, source: Source, talks: Conversations) -> Conversations:
    """Conversations without a case, with the last that was heard of them before and needed none then.

    Of a thread that many share only the words of those who speak now are read, and ours to them: under an announcement
    thousands answer.
    """
    said = [mention for mentions in talks.values() for mention in mentions]
    alone = {thread_id for thread_id, _who in talks if thread_id not in sharing.shared}
    decided = Mention.objects.of(source.workspace_id).exclude(disposition="").select_related("identity")
    earlier = _last(decided.filter(thread_id__in=alone), of="thread_id")
    speakers = {who for thread_id, who in talks if thread_id in sharing.shared} - {NOBODY}
    if speakers:
        theirs = _last(decided.filter(thread_id__in=sharing.shared, identity_id__in=speakers), of="identity_id")
        native_ids = {mention.external_id for mention in [*said, *theirs]}
        ours = decided.filter(source=source, parent_external_id__in=native_ids, direction=Direction.OUT.value)
        earlier += [*theirs, *ours.filter(thread_id__in=sharing.shared)[:_EARLIER]]
    complete = sharing.conversations({mention.pk: mention for mention in [*earlier, *said]}.values())
    return {talk: complete[talk] for talk in talks}


def _last(mentions: QuerySet[Mention], *, of: str) -> list[Mention]:
    newest_first = Window(RowNumber(), partition_by=["thread_id", of], order_by="-id")
    return list(mentions.annotate(place=newest_first).filter(place__lte=_EARLIER))


def _consider(
    said: list[Mention], histories: Histories, verdicts: dict[int, Verdict], wanted: Container[int]
) -> Opening | None:
    """Whether a thread needs a case; what was said in it gets its verdicts. A search may want one for some of it."""
    inbound = [mention for mention in said if mention.inbound]
    answered = len(inbound) < len(said)
    risk = weigh(inbound, histories)
    judged = {
        mention.pk: _CASE if mention.pk in wanted else _judge(mention, risk, answered=answered) for mention in said
    }
    verdicts |= judged
    if all(verdict.disposition != Disposition.CASE for verdict in judged.values()):
        return None
    for mention in inbound:
        if judged[mention.pk].disposition != Disposition.NO_REPLY_NEEDED:
            verdicts[mention.pk] = thanks(mention) or _CASE
    histories.note(inbound[0])
    return Opening(mentions=said, risk=risk)


def _judge(mention: Mention, risk: Risk, *, answered: bool) -> Verdict:
    if not mention.inbound:
        return _OWN
    if mention.decided_by_id is not None:  # an agent's word stands
        return Verdict(Disposition(mention.disposition), mention.disposition_reason)
    reading = reading_of(mention)
    return judge(reading, private=mention.private, automatic=mention.automatic, answered=answered, risk=risk.score)


def _decide(
    source: Source,
    mentions: Sequence[Mention],
    openings: Sequence[Opening],
    verdicts: Mapping[int, Verdict],
    now: datetime,
) -> None:
    """Write the verdicts; an earlier mention that joins a case gets its new one too."""
    everything = {mention.pk: mention for opening in openings for mention in opening.mentions}
    everything |= {mention.pk: mention for mention in mentions}
    decisions = [Decision(mention, verdicts[pk].disposition, verdicts[pk].reason) for pk, mention in everything.items()]
    decide_mentions(workspace_id=source.workspace_id, decisions=decisions, now=now)


def _add(
    source: Source,
    received: Mapping[Conversation, Received],
    cases: Mapping[Conversation, Case],
    histories: Histories,
    now: datetime,
) -> None:
    """The messages of cases that go on, their rows and the facts of them."""
    add_messages([message for each in received.values() for message in each.messages])
    for talk, each in received.items():
        inbound = [said.mention for said in each.messages if said.mention.inbound]
        begin_earlier(cases[talk], inbound)
        raise_risk(cases[talk], inbound, histories)
    touched = [cases[talk] for talk, each in received.items() if each.messages]
    touch_cases(workspace_id=source.workspace_id, case_ids=[case.pk for case in touched])
    record_all([MessageReceived(workspace_id=source.workspace_id, case_id=case.pk) for case in touched], now=now)
