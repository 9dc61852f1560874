"""Open cases, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goodword.care.events import CaseOpened
from goodword.care.models import Case, Delivery, Episode, Message, MessageKind
from goodword.care.opening_words import opening_words
from goodword.care.touch import touch_cases
from goodword.kernel.copying import copy_in
from goodword.kernel.facts import record_all
from goodword.listen.models import Mention, Source
from goodword.triage.risk import Risk


@dataclass(frozen=True, slots=True)
class Opening:
    """A case to be opened: everything said in its thread so far, by both sides, in time order."""

    mentions: Sequence[Mention]
    risk: Risk
    continues: Case | None = None

    @property
    def first(self) -> Mention:
        """What opens the case: the customer's first words, or ours where theirs were never heard."""
        return next((mention for mention in self.mentions if mention.inbound), self.mentions[0])


@dataclass(frozen=True, slots=True)
class Said:
    """A mention that becomes a message: of which episode, and where in its time order."""

    mention: Mention
    case: Case
    episode: Episode
    at: datetime


@transaction.atomic
def open_cases(*, source: Source, openings: Sequence[Opening], now: datetime) -> Sequence[Case]:
    """Open a case for each, with its first episode and its messages. Returned in the order given."""
    in_order = sorted(range(len(openings)), key=lambda index: openings[index].first.at)
    last = take_numbers(source.workspace_id, len(openings))
    number = {index: last - len(openings) + place for place, index in enumerate(in_order, start=1)}
    cases = copy_in([_case(source, opening, number[index], now) for index, opening in enumerate(openings)])
    episodes = copy_in([_episode(case) for case in cases])
    add_messages(
        [
            Said(mention, case, episode, at=mention.at)
            for case, episode, opening in zip(cases, episodes, openings, strict=True)
            for mention in opening.mentions
        ]
    )
    touch_cases(workspace_id=source.workspace_id, case_ids=[case.pk for case in cases])
    record_all([CaseOpened(workspace_id=case.workspace_id, case_id=case.pk) for case in cases], now=now)
    return cases


def add_messages(said: Sequence[Said]) -> None:
    """One message per mention that isn't one yet. Call it in turn (`Step.ATTENDING`)."""
    mention_ids = [each.mention.pk for each in said]
    there = set(Message.objects.filter(mention_id__in=mention_ids).values_list("mention_id", flat=True))
    copy_in([_message(each) for each in said if each.mention.pk not in there])


def _message(said: Said) -> Message:
    mention, inbound = said.mention, said.mention.inbound
    return Message(
        workspace_id=said.case.workspace_id,
        case=said.case,
        episode=said.episode,
        kind=MessageKind.INBOUND if inbound else MessageKind.REPLY,
        at=said.at,
        mention=mention,
        private=mention.private,
        automatic=mention.automatic,
        delivery="" if inbound else Delivery.SENT,
        external_id="" if inbound else mention.external_id,
    )


def take_numbers(workspace_id: int, count: int) -> int:
    """Take the next `count` case numbers; the last of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO care_casenumbers (workspace_id, last) VALUES (%s, %s) "
            "ON CONFLICT (workspace_id) DO UPDATE SET last = care_casenumbers.last + EXCLUDED.last RETURNING last",
            [workspace_id, count],
        )
        (last,) = cursor.fetchone()
    return int(last)


def _case(source: Source, opening: Opening, number: int, now: datetime) -> Case:
    first = opening.first
    return Case(
        workspace_id=source.workspace_id,
        number=number,
        source=source,
        channel=source.channel,
        thread_id=first.thread_id,
        identity=first.identity,
        opening_mention=first,
        subject=opening_words(first.title, first.text) or _("(no words)"),
        risk=opening.risk.score,
        risk_parts=[part.as_json() for part in opening.risk.parts],
        opened_at=first.at,
        last_message_at=first.at,
        last_inbound_at=first.at,
        continues=opening.continues,
        created_at=now,
    )


def _episode(case: Case) -> Episode:
    return Episode(workspace_id=case.workspace_id, case=case, number=1, opened_at=case.opened_at)
