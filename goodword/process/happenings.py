"""What happened in cases, as far as clocks go by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import connection
from django.db.models import Q

from goodword.care.delivery import ARRIVED
from goodword.care.models import Case, Episode, Message, MessageKind
from goodword.listen.models import Disposition
from goodword.process.rules.condition import Traits
from goodword.process.rules.spoken import folded
from goodword.process.rules.stretches import Round, Said, Stretch, stretches

# What was heard on the network as ours has no delivery.
_OURS = Q(kind=MessageKind.REPLY, automatic=False, delivery__in=["", *ARRIVED])
_THEIRS = Q(kind=MessageKind.INBOUND) & ~Q(mention__disposition=Disposition.NO_REPLY_NEEDED)

MOST_READ: Final = 200
"""Messages of a round whose words conditions see, from its first on: so what was once asked for stays asked for."""
EACH_READ: Final = 2_000
"""Characters of each."""


@dataclass(slots=True)
class Happenings:
    """Of one case: its rounds, and what was said in each."""

    rounds: list[Round] = field(default_factory=list)
    said: dict[int, list[Said]] = field(default_factory=lambda: defaultdict(list))  # by the round's number

    def stretches(self) -> list[Stretch]:
        """Everything timed in it."""
        return [stretch for each in self.rounds for stretch in stretches(each, self.said[each.number])]


def read_happenings(case_ids: Collection[int]) -> dict[int, Happenings]:
    """By id of the case, in two queries."""
    found: dict[int, Happenings] = {pk: Happenings() for pk in case_ids}
    episodes = Episode.objects.filter(case__in=case_ids).order_by("number")
    for case_id, number, opened_at, resolved_at in episodes.values_list("case", "number", "opened_at", "resolved_at"):
        found[case_id].rounds.append(Round(number, opened_at, resolved_at))
    messages = Message.objects.filter(_OURS | _THEIRS, case__in=case_ids).order_by("at", "id")
    for case_id, number, at, kind in messages.values_list("case", "episode__number", "at", "kind"):
        found[case_id].said[number].append(Said(at, by_customer=kind == MessageKind.INBOUND))
    return found


def read_traits(cases: Collection[Case]) -> dict[int, Traits]:
    """What conditions ask of these cases, by id, in one query.

    Their words are the subject and all that the customer said in the round that is under way, or was the last: what
    they said first counts on when they say more. A danger that was named is not over with the next message.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TRAITS, {"cases": [case.pk for case in cases], "most": MOST_READ, "each": EACH_READ})
        read = {case_id: (labels, words) for case_id, labels, words in cursor.fetchall()}
    return {case.pk: _traits(case, *read.get(case.pk, ([], ""))) for case in cases}


def _traits(case: Case, labels: Sequence[int], words: str) -> Traits:
    return Traits(
        priority=case.priority,
        risk=case.risk,
        channel=case.channel,
        labels=frozenset(labels),
        team=case.team_id,
        cause=case.cause_id,
        words=folded(f"{case.subject} {words or case.snippet}"),
    )


_TRAITS = """
SELECT c.id, ARRAY(SELECT label_id FROM care_case_labels WHERE case_id = c.id), (
    SELECT string_agg(heard.words, ' ')
    FROM (
        SELECT left(coalesce(nullif(m.text, ''), h.title || ' ' || h.text), %(each)s) AS words
        FROM care_message m LEFT JOIN listen_mention h ON h.id = m.mention_id
        WHERE m.case_id = c.id AND m.kind = 'inbound'
          AND m.episode_id = (SELECT e.id FROM care_episode e WHERE e.case_id = c.id ORDER BY e.number DESC LIMIT 1)
        ORDER BY m.at, m.id LIMIT %(most)s
    ) heard
)
FROM care_case c WHERE c.id = ANY(%(cases)s)
"""
