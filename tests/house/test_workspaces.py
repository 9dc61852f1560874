"""No query leaves its workspace: every address, tried by a stranger and with a stranger's ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from goodword.care.draft import save_draft
from goodword.care.merge import merge_cases
from goodword.care.models import CaseMerge, MakeGood, MessageKind, SavedReply, SavedView
from goodword.community.models import Article
from goodword.honesty.declare import declare_statement
from goodword.learn.letter_readers import add_reader
from goodword.learn.models import Improvement, Problem
from goodword.listen.models import Mention, RawItem, SavedSearch, Source
from goodword.people.merge import merge_people
from goodword.people.models import Person, PersonMerge
from goodword.process.models import Macro, MacroRun, Policy, QualityQuestion, RequiredStep, Rule
from goodword.process.restore import standing_of
from goodword.promises.models import PresencePromise
from goodword.staff.models import (
    Absence,
    Agent,
    Calendar,
    Notice,
    Role,
    Scoped,
    Team,
    Webhook,
    WebhookDelivery,
    Workspace,
)
from goodword.staff.webhooks import save_webhook
from goodword.triage.models import Area, Audience, Cause, RiskVersion
from tests.care.world import World, at
from tests.promises.world import promise_of

pytestmark = pytest.mark.django_db


def patterns(
    resolver: URLResolver, namespaces: tuple[str, ...] = (), before: str = ""
) -> Iterator[tuple[str, Any, set[str]]]:
    """Name, pattern and parameters of every address under a workspace."""
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from patterns(each, inner, address)
        elif isinstance(each, URLPattern) and address.startswith("w/<slug:workspace>/"):
            names = {part.split(":")[-1] for part in address.replace("<", "\0<").split("\0") if part.startswith("<")}
            yield ":".join((*namespaces, each.name or "")), each, {name.split(">")[0] for name in names}


# Parameters that name nothing of a workspace: the key of a connector, the mark of a server that is signed in at.
NO_IDS = {"key", "place"}
ADDRESSES = list(patterns(get_resolver()))


def test_there_are_addresses_to_look_at() -> None:
    assert len(ADDRESSES) > 25


@pytest.mark.parametrize(("name", "pattern", "parameters"), ADDRESSES, ids=[name for name, _, _ in ADDRESSES])
def test_every_page_of_a_workspace_says_who_may_see_it(name: str, pattern: URLPattern, parameters: set[str]) -> None:
    view = pattern.callback
    while not hasattr(view, "needed_role") and hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    assert hasattr(view, "needed_role"), f"{name} carries no @needs(Role.…)"


class House:
    """A workspace with one of everything that an address may name."""

    def __init__(self, slug: str, first_number: int) -> None:
        self.world = World(slug)
        for _ in range(first_number):
            next(self.world._numbers)
        workspace = self.world.workspace
        self.agent = self.world.agent("Ana", Role.ADMIN)
        self.case = self.world.case()
        self.message = self.world.reply(self.case, self.agent)
        absorbed = self.world.case("The same again", identity=self.case.identity)
        merge_cases(origin=absorbed, target=self.case, by=self.agent, now=at(9))
        save_draft(case=self.case, by=self.agent, kind=MessageKind.REPLY, text="Dear Mara", private=False, now=at(9))
        reply = SavedReply.objects.create(workspace=workspace, shortcut="hi", title="Hi", text="Hi", updated_at=at(0))
        view = SavedView.objects.create(workspace=workspace, name="Mine", query="")
        notice = Notice.objects.create(
            workspace=workspace, agent=self.agent, kind=Notice.Kind.ASSIGNED, subject=f"case:{self.case.pk}", at=at(0)
        )
        search = SavedSearch.objects.create(workspace=workspace, name="Refunds", text="refund", created_at=at(0))
        stands = standing_of(self.case)
        self.ids: dict[str, int | str] = {
            "number": self.case.number,
            "message": self.message.pk,
            "reply": reply.pk,
            "view": view.pk,
            "merge": CaseMerge.objects.of(workspace).get().pk,
            "notice": notice.pk,
            "search": search.pk,
            "mention": Mention.objects.of(workspace).order_by("pk").values_list("pk", flat=True)[0],
            "source": Source.objects.of(workspace).get().pk,
            "raw": RawItem.objects.create(
                workspace=workspace, source=self.world.source, body=b"{", received_at=at(0), rejected_because="No JSON."
            ).pk,
            "team": Team.objects.create(workspace=workspace, name="Orders").pk,
            "person": Person.objects.of(workspace).order_by("pk").values_list("pk", flat=True)[0],
            "customer": self.case.identity.person_id,
            "people_merge": self._people_merged().pk,
            "calendar": self._calendar(workspace).pk,
            "policy": Policy.objects.create(workspace=workspace, name="Soon", place=0, first_minutes=60).pk,
            "rule": Rule.objects.create(workspace=workspace, name="Sort", place=0, when="opened").pk,
            "macro": Macro.objects.create(workspace=workspace, name="Hand over").pk,
            "macro_run": MacroRun.objects.create(
                workspace=workspace, name="Hand over", case=self.case, before=stands, after=stands, at=at(0)
            ).pk,
            "step": RequiredStep.objects.create(
                workspace=workspace, name="Call them back", kind="call", place=0, condition={"min_risk": 99}
            ).pk,
            "webhook": self._webhook().pk,
            "delivery": WebhookDelivery.objects.create(
                workspace=workspace,
                webhook=Webhook.objects.of(workspace).get(),
                key="msg_1",
                kind="trial",
                made_at=at(0),
            ).pk,
            "reader": add_reader(
                workspace=workspace, audience=Audience.PR, email="pr@harbour.example", by=self.agent, now=at(0)
            ).pk,
            "absence": Absence.objects.create(workspace=workspace, agent=self.agent, since=at(0)).pk,
            "agent": self.agent.pk,
            "presence": PresencePromise.objects.create(
                workspace=workspace, channel="recorded", answer_minutes=60, days_a_week=5
            ).pk,
            "statement": declare_statement(
                workspace=workspace, words="It is down", about="checkout", denies="fixed", by=None, now=at(0)
            ).pk,
            "make_good": MakeGood.objects.create(
                workspace=workspace, case=self.case, kind="gift", amount=5, state="waiting", offered_at=at(0)
            ).pk,
            "promise": promise_of(self.case, self.agent).pk,
            "question": QualityQuestion.objects.create(workspace=workspace, words="Was it right?").pk,
            "version": RiskVersion.objects.create(
                workspace=workspace, number=1, weights={}, why="Why not", written_at=at(0)
            ).pk,
            "key": "simulator",
            "place": "0",
            **self._learned(),
        }

    def _webhook(self) -> Webhook:
        url = "https://93.184.216.34/1"
        return save_webhook(
            workspace=self.world.workspace, name="Pager", url=url, about=["hours"], by=self.agent, now=at(0)
        )

    @staticmethod
    def _calendar(workspace: Workspace) -> Calendar:
        return Calendar.objects.create(workspace=workspace, name="Nights", zone="UTC", week=[[[0, 60]]] * 7)

    def _learned(self) -> dict[str, int | str]:
        here = {"workspace": self.world.workspace}
        area = Area.objects.create(**here, name="Delivery")
        cause = Cause.objects.create(**here, area=area, name="Late parcel")
        problem = Problem.objects.create(**here, title="Parcels come late", cause=cause, opened_at=at(0))
        improvement = Improvement.objects.create(
            **here, problem=problem, what="Another courier", owner=self.agent, due_on=at(0), created_at=at(0)
        )
        article = Article.objects.create(
            **here,
            slug="late",
            title="Late?",
            text="Yes.",
            owner=self.agent,
            review_on=at(0),
            updated_at=at(0),
            words="",
        )
        ids = {"area": area, "cause": cause, "problem": problem, "improvement": improvement, "article": article}
        return {name: each.pk for name, each in ids.items()}

    def _people_merged(self) -> PersonMerge:
        other = self.world.identity("mara.too").person
        return merge_people(
            kept=self.case.identity.person, absorbed=other, evidence="Same order", by=self.agent, now=at(9)
        )


@pytest.fixture
def ours() -> House:
    return House("harbour", 500)


@pytest.fixture
def theirs() -> House:
    return House("other", 0)


def signed_in(agent: Agent) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(agent)
    return client


def rows_of(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the workspace holds."""
    return {
        model.__name__: list(model._base_manager.filter(workspace=house.world.workspace).order_by("pk").values_list())
        for model in _scoped(Scoped)
    }


def _scoped(base: type[models.Model]) -> Iterator[type[models.Model]]:
    for model in base.__subclasses__():
        yield from _scoped(model)
        if not model._meta.abstract:
            yield model


def test_to_a_stranger_a_workspace_does_not_exist(ours: House, theirs: House) -> None:
    stranger = signed_in(theirs.agent)
    before = rows_of(ours)
    for name, _, parameters in ADDRESSES:
        address = reverse(
            name, kwargs={"workspace": "harbour", **{key: ours.ids[key] for key in parameters - {"workspace"}}}
        )
        assert stranger.get(address).status_code == 404, address
        assert stranger.post(address).status_code == 404, address
    assert rows_of(ours) == before


def test_a_strangers_ids_are_not_found_from_within_another_workspace(ours: House, theirs: House) -> None:
    """Each parameter in turn is one of ours, all others are the stranger's own."""
    stranger = signed_in(theirs.agent)
    before = rows_of(ours)
    for name, _, parameters in ADDRESSES:
        for foreign in parameters - {"workspace"} - NO_IDS:
            ids = {key: theirs.ids[key] for key in parameters - {"workspace"}} | {foreign: ours.ids[foreign]}
            address = reverse(name, kwargs={"workspace": "other", **ids})
            answers = {stranger.get(address).status_code, stranger.post(address, {"text": "x"}).status_code}
            assert answers <= {404, 405}, f"{address} answers {answers}"
            assert 404 in answers, f"{address} answers {answers}"
    assert rows_of(ours) == before


def test_without_signing_in_there_is_only_the_way_to_do_so(ours: House) -> None:
    visitor = Client()
    for name, _, parameters in ADDRESSES:
        address = reverse(
            name, kwargs={"workspace": "harbour", **{key: ours.ids[key] for key in parameters - {"workspace"}}}
        )
        answer = visitor.get(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith("/accounts/login/"), address
