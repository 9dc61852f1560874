"""No page asks the database row by row: every shape of page, for a little and for much, with a bound for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import zeal.patch
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker
from zeal import zeal_context

from goodword.care.label import label_case
from goodword.care.merge import merge_cases
from goodword.care.models import Delivery, Enclosure, Label, Rating, Resolution, ResolutionLink, SavedReply, State
from goodword.care.note import add_note
from goodword.care.saved_views import save_view
from goodword.care.search_words import index_everything
from goodword.care.snooze import snooze_case
from goodword.kernel.clock import current_time
from goodword.kernel.ids import token_digest
from goodword.listen.models import Attachment, Gap, ImportRun, Mention, RawItem, Topic, TopicBurst, TopicReview
from goodword.people.merge import merge_people
from goodword.people.models import Identity
from goodword.staff.models import Agent, Notice, Role
from tests.care.world import World, at

pytestmark = pytest.mark.django_db


@dataclass
class Furnished:
    """A workspace with so many of everything, and what its pages' addresses are made of."""

    world: World
    agent: Agent
    numbers: dict[str, int]
    person_id: int
    source_id: int
    label_id: int

    @property
    def slug(self) -> str:
        return self.world.slug

    @property
    def names(self) -> dict[str, object]:
        """What stands in the addresses below."""
        own = {"person": self.person_id, "source": self.source_id, "label": self.label_id, "slug": self.slug}
        return own | {f"{shape}_case": number for shape, number in self.numbers.items()}


def furnish(slug: str, times: int) -> Furnished:
    """`times` of everything that a page shows in a list."""
    world = World(slug, channel=f"recorded-{slug}")
    ana = world.agent("Ana", Role.ADMIN)
    colleagues = [world.agent(f"Colleague{number}") for number in range(times)]
    team, labels = world.team(), [world.label(f"label {number}") for number in range(times)]
    mara = world.identity("mara")
    numbers: dict[str, int] = {}
    for number in range(times):
        numbers |= _cases(world, ana, colleagues[number], number, labels, mara)
    numbers["long"] = _long(world, ana, colleagues, labels, mara, times)
    for number in range(times):
        twin = Identity.objects.create(
            workspace=world.workspace,
            person=mara.person,
            channel=f"other {number}",
            native_id="mara",
            handle="mara",
            first_seen_at=at(0),
        )
        world.case(f"From elsewhere {number}", identity=twin, when=number, team=team)
        other = world.identity(f"mara too {number}").person
        merge_people(kept=mara.person, absorbed=other, evidence="Same order", by=ana, now=at(90 + number))
    _house(world, ana, times)
    _topics(world, times)
    index_everything()
    return Furnished(world, ana, numbers, mara.person_id, world.source.pk, labels[0].pk)


def _cases(
    world: World, ana: Agent, colleague: Agent, number: int, labels: list[Label], mara: Identity
) -> dict[str, int]:
    """One case of each shape; their numbers."""
    plain = world.case(f"Where is my parcel {number}?", when=number, assignee=ana, risk=number)
    label_case(case=plain, by=ana, add=labels, now=at(number))
    answered = world.case("Refund please", when=number, assignee=colleague)
    world.reply(answered, colleague, delivery=Delivery.READ)
    failed = world.case("Not delivered", when=number, assignee=ana, next_due_at=at(number))
    reply = world.reply(failed, ana, delivery=Delivery.FAILED)
    Enclosure.objects.create(
        workspace=world.workspace, message=reply, agent=ana, filename="a.png", stored_as="a", size=1
    )
    snoozed = world.case("Later", when=number, identity=mara)
    snooze_case(case=snoozed, by=ana, until=at(9000), now=at(number))
    resolved = world.case("Done", when=number, assignee=colleague, state=State.RESOLVED, resolved_at=at(50))
    episode = resolved.episodes.get()
    episode.resolution, episode.resolved_at, episode.resolved_by = Resolution.CONFIRMED, at(50), ana
    episode.save()
    here = {"workspace": world.workspace, "episode": episode}
    Rating.objects.create(**here, solved=2, person=5, comment="Hm", way=Rating.Way.LINK, at=at(60))
    ResolutionLink.objects.create(
        **here,
        digest=token_digest(f"{world.slug}-{number}"),
        asked_at=at(50),
        expires_at=current_time() + timedelta(days=1),
    )
    merged, absorbed = world.case("One", when=number, identity=mara), world.case("The same", when=number, identity=mara)
    merge_cases(origin=absorbed, target=merged, by=ana, now=at(80))
    shapes = {
        "plain": plain,
        "answered": answered,
        "failed": failed,
        "snoozed": snoozed,
        "resolved": resolved,
        "merged": merged,
    }
    return {shape: case.number for shape, case in shapes.items()}


def _long(world: World, ana: Agent, colleagues: list[Agent], labels: list[Label], mara: Identity, times: int) -> int:
    """A case in which much was said, by many, with files."""
    case = world.case("It goes on and on", identity=mara, assignee=ana)
    label_case(case=case, by=ana, add=labels, now=at(1))
    for number in range(times):
        mention = world.inbound(case, f"And another thing {number}", when=2 + number * 3).mention
        assert mention is not None
        for file in range(2):
            Attachment.objects.create(workspace=world.workspace, mention=mention, filename=f"{file}.png")
        world.reply(case, colleagues[number], f"We look {number}", when=3 + number * 3)
        add_note(case=case, by=colleagues[number], text=f"Note {number}", now=at(4 + number * 3))
    return case.number


def _house(world: World, ana: Agent, times: int) -> None:
    """What stands beside the cases."""
    here = {"workspace": world.workspace}
    for number in range(times):
        source = world.new_source(f"source {number}", "other")
        Gap.objects.create(**here, source=source, since=at(number), reason="lost")
        Gap.objects.create(**here, source=world.source, since=at(number), until=at(number + 1), reason="lost")
        ImportRun.objects.create(**here, source=world.source, file_name=f"{number}.csv", started_at=at(0))
        RawItem.objects.create(
            **here, source=world.source, delivery_id=f"{number}", body=b"?", received_at=at(0), rejected_because="No id"
        )
        SavedReply.objects.create(**here, shortcut=f"s{number}", title="Hi", text="Hi", updated_at=at(0))
        save_view(workspace=world.workspace, by=ana, name=f"view {number}", query="state=open", shared=True)
        subject = f"case:{world.workspace.pk + number}"
        Notice.objects.create(**here, agent=ana, kind=Notice.Kind.ASSIGNED, subject=subject, at=at(number))


def _topics(world: World, times: int) -> None:
    """What people talk about, each with posts to show and a burst."""
    here, now = {"workspace": world.workspace}, at(0)
    TopicReview.objects.create(**here, since=now, until=now, reviewed_at=now, looked_at=9)
    counts = dict.fromkeys(("mentions", "voices", "people", "negative", "neutral", "positive"), 2)
    flags = {"is_new": True, "is_rising": True, "growth": 3.0}
    posts = list(Mention.objects.of(world.workspace).values_list("pk", flat=True)[: 2 * times])
    for number in range(times):
        topic = Topic.objects.create(
            **here, **counts, **flags, place=number, phrases=[f"topic {number}"], wordings=[f"topic {number}"],
            search=f'"topic {number}"', first_at=now, last_at=now, found_at=now, steps=[1, 2],
            typical=[{"mention_id": pk, "posts": 1, "reach": 0} for pk in posts[2 * number : 2 * number + 2]],
        )  # fmt: skip
        TopicBurst.objects.create(
            **here, topic=topic, since=now, noticed_at=now, observed=9, expected=1, confidence=0.9
        )


@pytest.fixture(scope="module")
def furnished(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Furnished, Furnished]]:
    """The same with two and with nine of everything; gone after the last test."""
    zeal.patch.patch()
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnish("few", 2), furnish("many", 9)
        transaction.set_rollback(True)


# Addresses, and how many statements each may take; what every page of a member costs is among them.
PAGES = [
    ("/w/{slug}/inbox/", 16),
    ("/w/{slug}/inbox/?view=all", 16),
    ("/w/{slug}/inbox/?view=unassigned", 16),
    ("/w/{slug}/inbox/?view=pending", 16),
    ("/w/{slug}/inbox/?view=snoozed", 16),
    ("/w/{slug}/inbox/?view=resolved", 16),
    ("/w/{slug}/inbox/?view=open&sort=risk", 16),
    ("/w/{slug}/inbox/?label={label}&state=open&unread=1", 16),
    ("/w/{slug}/inbox/?q=parcel", 16),
    ("/w/{slug}/inbox/filters/", 16),
    ("/w/{slug}/cases/{plain_case}/", 30),
    ("/w/{slug}/cases/{answered_case}/", 30),
    ("/w/{slug}/cases/{failed_case}/", 30),
    ("/w/{slug}/cases/{snoozed_case}/", 30),
    ("/w/{slug}/cases/{resolved_case}/", 30),
    ("/w/{slug}/cases/{merged_case}/", 30),
    ("/w/{slug}/cases/{long_case}/", 30),
    ("/w/{slug}/cases/{long_case}/latest/", 25),
    ("/w/{slug}/cases/{long_case}/composer/", 20),
    ("/w/{slug}/cases/{long_case}/assignment/", 20),
    ("/w/{slug}/cases/{long_case}/labels/", 20),
    ("/w/{slug}/cases/{merged_case}/merge/", 20),
    ("/w/{slug}/cases/{long_case}/split/", 20),
    ("/w/{slug}/cases/{long_case}/saved-replies/", 20),
    ("/w/{slug}/cases/{long_case}/colleagues/", 20),
    ("/w/{slug}/search/?q=parcel", 18),
    ("/w/{slug}/search/?q=another+thing", 18),
    ("/w/{slug}/search/?q=state:open+assignee:me", 20),
    ("/w/{slug}/search/", 16),
    ("/w/{slug}/listening/", 20),
    ("/w/{slug}/listening/?q=parcel&days=30", 20),
    ("/w/{slug}/listening/topics/", 20),
    ("/w/{slug}/customers/", 16),
    ("/w/{slug}/customers/{person}/", 25),
    ("/w/{slug}/customers/{person}/merge/", 20),
    ("/w/{slug}/today/", 35),
    ("/w/{slug}/mentions/?disposition=all", 10),
    ("/w/{slug}/mentions/?words=parcel", 10),
    ("/w/{slug}/more/", 16),
    ("/w/{slug}/replies/", 16),
    ("/w/{slug}/notices/", 16),
    ("/w/{slug}/reports/", 20),
    ("/w/{slug}/sources/", 12),
    ("/w/{slug}/sources/{source}/", 20),
    ("/s/{slug}-0/", 6),
]


@pytest.mark.parametrize(("address", "bound"), PAGES, ids=[address.split("/", 3)[-1] or "/" for address, _ in PAGES])
def test_a_page_costs_the_same_however_much_it_shows(
    furnished: tuple[Furnished, Furnished], address: str, bound: int
) -> None:
    few, many = (statements(house, address) for house in furnished)
    assert len(many) <= len(few), "\n".join(many)
    assert len(many) <= bound, "\n".join(many)


def statements(house: Furnished, address: str) -> list[str]:
    """What a page asks the database, the second time it is asked for; a row by row question raises."""
    client = Client()
    client.force_login(house.agent)
    path = address.format(**house.names)
    assert client.get(path).status_code == 200, path
    with zeal_context(), CaptureQueriesContext(connection) as captured:
        client.get(path)
    return [query["sql"][:300] for query in captured.captured_queries]
