"""What happened in cases, as far as clocks go by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

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
    """What conditions ask of these cases, by id, in one query."""
    labels: dict[int, set[int]] = defaultdict(set)
    put_on = Case.labels.through.objects.filter(case__in=[case.pk for case in cases])
    for case_id, label_id in put_on.values_list("case_id", "label_id"):
        labels[case_id].add(label_id)
    return {
        case.pk: Traits(
            priority=case.priority,
            risk=case.risk,
            channel=case.channel,
            labels=frozenset(labels[case.pk]),
            team=case.team_id,
            cause=case.cause_id,
            words=folded(f"{case.subject} {case.snippet}"),
        )
        for case in cases
    }
