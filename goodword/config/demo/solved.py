"""What Harbour has solved in the week so far, in the customers' word, and what it only thought was solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from goodword.care.assign import assign_case
from goodword.care.decide import confirm_resolution, dispute_by_link
from goodword.care.models import Case, Episode, Message, MessageKind, Rating
from goodword.care.rate import rate_resolution
from goodword.care.resolve import resolve_case
from goodword.staff.models import Agent, Workspace


@dataclass(frozen=True, slots=True)
class Ending:
    """How a story of the simulator's week ended: who solved it, by first name, and what the customer said of it."""

    story: str
    by: str
    solved: int | None = None  # stars, 1 to 5; None: it was disputed
    person: int | None = None
    words: str = ""


ENDINGS = (
    Ending("wide-feet", "Ann", 5, 5, "An answer from somebody who has worn the boots."),
    Ending("order-40655", "Grace", 5, 5),
    Ending("size-chart-fr", "Jonas", 5, 5),
    Ending("outlet-question", "Ann", 4, 5),
    Ending("gift-wrap", "Ann", 5, 5, "My father cried. In a good way."),
    Ending("wash-care", "Grace", 5, 4),
    Ending("address-de", "Grace", 4, 5),
    Ending("wrong-colour", "Grace", 4, 5, "Arrivato in tempo per il regalo."),
    Ending("invoice", "Ann", 4, 4, "Second request, but then at once."),
    Ending("discount-hunter", "Jonas", 2, 4),
    Ending("return-label", "Jonas", words="The new label is cut off as well, on the left this time."),
)
_RESOLVED_AFTER = timedelta(minutes=12)  # the last message
_DECIDED_AFTER = timedelta(minutes=40)


def solve_some(*, workspace: Workspace, agents: Sequence[Agent], now: datetime) -> None:
    """Resolve what has come to an end before `now`, and let its customers say whether it is solved."""
    by_name = {agent.name.split()[0]: agent for agent in agents}
    cases = Case.objects.of(workspace).unresolved().select_related("opening_mention")
    by_story = {
        case.opening_mention.external_id.partition(".")[0]: case for case in cases if case.opening_mention is not None
    }
    for ending in ENDINGS:
        if ending.story in by_story:
            _end(by_story[ending.story], ending, by_name[ending.by], now)


def _end(case: Case, ending: Ending, by: Agent, now: datetime) -> None:
    last = Message.objects.filter(case=case, kind__in=[MessageKind.INBOUND, MessageKind.REPLY]).latest("at").at
    decided = last + _DECIDED_AFTER
    if decided > now:
        return
    assign_case(case=case, by=by, to=by, now=last)
    episode = resolve_case(case=case, by=by, ask=False, now=last + _RESOLVED_AFTER)
    if ending.solved is None:
        dispute_by_link(episode=episode, words=ending.words, now=decided)
        return
    confirm_resolution(episode=episode, now=decided)
    _rate(episode, ending, decided)


def _rate(episode: Episode, ending: Ending, at: datetime) -> None:
    rate_resolution(
        episode=episode,
        solved=ending.solved,
        person=ending.person,
        comment=ending.words,
        way=Rating.Way.LINK,
        now=at,
    )
