"""What the page of a customer shows: everything that passed between us, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from goodword.care.activity import SENTENCES, Names, sentence
from goodword.care.models import Case, Delivery, Message
from goodword.care.person_timeline import Moment, person_timeline
from goodword.kernel.models import FactRow
from goodword.listen.models import Disposition, Mention
from goodword.people.models import ControlProof, Person, PersonMerge

CASES = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journey. `number` is the case it belongs to, if any; `badge` what is worth knowing of it."""

    at: datetime
    icon: str
    who: str
    words: str = ""
    number: int | None = None
    badge: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """A page of lines, newest first, and where the next begins (empty at the end)."""

    lines: Sequence[Line]
    after: str


def read_journey(person: Person, *, after: str = "") -> Journey:
    """From `after` on, or from the newest."""
    page = person_timeline(person, after=after)
    told = _Told.of(person, page.moments)
    return Journey([told.line(moment) for moment in page.moments], page.after)


def cases_of(person: Person) -> list[Case]:
    """Their cases, newest first."""
    cases = Case.objects.of(person.workspace_id).standing().filter(identity__person=person)
    return list(cases.select_related("assignee").order_by("-opened_at")[:CASES])


def proofs_of(person: Person, now: datetime) -> list[ControlProof]:
    """Codes that this person was sent, or is to say, and that are waited for."""
    mine = ControlProof.objects.of(person.workspace_id).filter(Q(asked__person=person) | Q(other=person))
    waited_for = mine.filter(proven_at=None, expires_at__gt=now).select_related("asked", "by").order_by("-pk")
    return list(waited_for.prefetch_related("other__identities"))


def merges_of(person: Person) -> list[PersonMerge]:
    """Who was found to be this person, and can be taken out again."""
    merges = PersonMerge.objects.of(person.workspace_id).filter(kept=person, undone_at=None)
    return list(merges.select_related("absorbed", "by").order_by("-pk"))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the lines of a page need to know, fetched at once."""

    case_of_mention: dict[int, int]  # mention → number
    case_numbers: dict[str, int]  # subject of a fact → number
    people: dict[int, str]
    names: Names

    @classmethod
    def of(cls, person: Person, moments: Sequence[Moment]) -> _Told:
        mentions = [moment.said.pk for moment in moments if moment.said]
        facts = [moment.fact for moment in moments if moment.fact]
        cases = {int(fact.subject.partition(":")[2]) for fact in facts if fact.subject.startswith("case:")}
        absorbed = {fact.data["absorbed_id"] for fact in facts if "absorbed_id" in fact.data}
        workspace = person.workspace_id
        said_in = Message.objects.of(workspace).filter(mention__in=mentions)
        numbers = Case.objects.of(workspace).filter(pk__in=cases)
        merges = PersonMerge.objects.of(workspace).filter(absorbed__in=absorbed).order_by("pk")
        return cls(
            {pk: number for pk, number in said_in.values_list("mention_id", "case__number") if pk},
            {f"case:{pk}": number for pk, number in numbers.values_list("pk", "number")},
            dict(merges.values_list("absorbed_id", "absorbed_name")),
            Names.of(facts),
        )

    def line(self, moment: Moment) -> Line:
        if moment.said:
            return self._said(moment.said)
        if moment.answer:
            return _answered(moment.answer)
        if moment.fact is None:
            raise ValueError("a moment is one of three")
        return self._happened(moment.fact)

    def _said(self, mention: Mention) -> Line:
        in_a_case = mention.disposition == Disposition.CASE
        return Line(
            mention.at,
            mention.source.capabilities.icon,
            mention.identity.display_name,
            mention.text or mention.title,
            self.case_of_mention.get(mention.pk),
            "" if in_a_case else str(mention.get_disposition_display()),
        )

    def _happened(self, fact: FactRow) -> Line:
        who = self.names.agents.get(fact.actor_id or 0) or _("Goodword")
        number = self.case_numbers.get(fact.subject)
        if fact.kind in SENTENCES:
            return Line(fact.at, _ICONS.get(fact.kind, "info"), sentence(fact, self.names), number=number)
        other = {"who": who, "name": self.people.get(fact.data.get("absorbed_id", 0), "")}
        says = {
            "CaseOpened": _("A case was opened"),
            "PeopleMerged": _("%(who)s found that %(name)s is the same person") % other,
            "PeopleMergeUndone": _("%(who)s found that %(name)s is somebody else after all") % other,
        }
        return Line(fact.at, _ICONS.get(fact.kind, "info"), says[fact.kind], number=number)


_ICONS = {
    "CaseOpened": "inbox",
    "CaseReopened": "refresh-cw",
    "CasesMerged": "merge",
    "PeopleMergeUndone": "split",
    "PeopleMerged": "merge",
    "ResolutionConfirmed": "thumbs-up",
    "ResolutionDisputed": "thumbs-down",
    "ResolutionLapsed": "clock-alert",
    "ResolutionProposed": "check",
    "ResolutionRated": "star",
}
_NOT_OUT = (Delivery.HELD, Delivery.QUEUED, Delivery.SENDING, Delivery.FAILED)


def _answered(message: Message) -> Line:
    return Line(
        message.at,
        "send",
        str(message.agent) if message.agent and not message.automatic else _("Goodword"),
        message.words,
        message.case.number,
        str(message.get_delivery_display()) if message.delivery in _NOT_OUT else "",
        ours=True,
    )
