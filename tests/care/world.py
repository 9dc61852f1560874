"""A small world of rows to try verbs on: a workspace, its people, and cases with what was said in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from goodword.care.models import Case, Delivery, Episode, Label, Message, MessageKind, State
from goodword.connectors.contract import Direction, Kind
from goodword.kernel.models import FactRow
from goodword.listen.models import Disposition, Mention, Source, Thread
from goodword.people.models import Identity, Person
from goodword.staff.models import Agent, Membership, Role, Team, Workspace

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """So many minutes after the Monday noon at which every test begins."""
    return NOON + timedelta(minutes=minutes)


@dataclass
class World:
    """One workspace; everything made through it belongs to it."""

    slug: str = "harbour"
    channel: str = "recorded"
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.workspace = Workspace.objects.create(name=self.slug.title(), slug=self.slug)
        self.source = self.new_source("inbox", self.channel)

    def new_source(self, name: str, channel: str, connector: str = "recorded") -> Source:
        return Source.objects.create(
            workspace=self.workspace, connector_key=connector, channel=channel, name=name, created_at=NOON
        )

    def agent(self, name: str = "Ana", role: Role = Role.AGENT) -> Agent:
        agent = Agent.objects.create_user(f"{name.lower()}@{self.slug}.example", name=name)
        Membership.objects.create(workspace=self.workspace, agent=agent, role=role)
        return agent

    def team(self, name: str = "Billing") -> Team:
        return Team.objects.create(workspace=self.workspace, name=name)

    def label(self, name: str = "refund") -> Label:
        return Label.objects.create(workspace=self.workspace, name=name)

    def identity(self, handle: str = "mara", *, verified: bool = False, channel: str = "") -> Identity:
        person = Person.objects.create(workspace=self.workspace, created_at=NOON)
        return Identity.objects.create(
            workspace=self.workspace,
            person=person,
            channel=channel or self.channel,
            native_id=handle,
            handle=handle,
            verified=verified,
            first_seen_at=NOON,
        )

    def case(
        self,
        text: str = "My parcel never came",
        *,
        when: float = 0,
        identity: Identity | None = None,
        source: Source | None = None,
        **fields: object,
    ) -> Case:
        """A case with the customer's first message, `when` minutes after noon."""
        number = next(self._numbers)
        source = source or self.source
        case = Case.objects.create(
            workspace=self.workspace,
            number=number,
            source=source,
            channel=source.channel,
            thread=Thread.objects.create(workspace=self.workspace, source=source),
            identity=identity or self.identity(f"customer{number}"),
            subject=text[:200],
            opened_at=at(when),
            last_message_at=at(when),
            last_inbound_at=at(when),
            created_at=at(when),
        )
        Episode.objects.create(workspace=self.workspace, case=case, number=1, opened_at=at(when))
        self.inbound(case, text, when=when)
        if fields:
            for name, value in fields.items():
                setattr(case, name, value)
            case.save(update_fields=list(fields))
        return case

    def inbound(self, case: Case, text: str = "Any news?", *, when: float = 1) -> Message:
        """The customer says something."""
        mention = Mention.objects.create(
            workspace=self.workspace,
            source=case.source,
            thread=case.thread or Thread.objects.create(workspace=self.workspace, source=case.source),
            identity=case.identity,
            channel=case.channel,
            external_id=f"m{next(self._numbers)}",
            direction=Direction.IN.value,
            kind=Kind.POST.value,
            text=text,
            at=at(when),
            received_at=at(when),
            disposition=Disposition.CASE,
        )
        message = Message.objects.create(
            workspace=self.workspace,
            case=case,
            episode=current_episode(case),
            kind=MessageKind.INBOUND,
            mention=mention,
            at=at(when),
        )
        case.message_count += 1
        case.snippet = text[:160]
        case.last_message_at = case.last_inbound_at = at(when)
        case.last_inbound_id = message.pk
        case.waiting_since = case.waiting_since or at(when)
        case.save()
        return message

    def reply(
        self,
        case: Case,
        by: Agent,
        text: str = "We look into it.",
        *,
        when: float = 2,
        delivery: Delivery = Delivery.SENT,
        automatic: bool = False,
    ) -> Message:
        """We answer."""
        message = Message.objects.create(
            workspace=self.workspace,
            case=case,
            episode=current_episode(case),
            kind=MessageKind.REPLY,
            agent=by,
            text=text,
            delivery=delivery,
            automatic=automatic,
            at=at(when),
        )
        case.message_count += 1
        case.snippet, case.last_message_at, case.waiting_since = text[:160], at(when), None
        case.state = State.PENDING
        case.save()
        return message

    def facts(self, case: Case | None = None) -> list[str]:
        """The names of the facts about a case, or of all, in the order in which they happened."""
        rows = FactRow.objects.filter(workspace_id=self.workspace.pk)
        if case is not None:
            rows = rows.filter(subject=f"case:{case.pk}")
        return list(rows.order_by("pk").values_list("kind", flat=True))


def current_episode(case: Case) -> Episode:
    """The round that the case is in."""
    return case.episodes.latest("number")


def fresh(case: Case) -> Case:
    """The case as it stands in the table."""
    return Case.objects.get(pk=case.pk)
