"""Make the demo brand: its team by the same verbs that people use, its customers by the simulator."""

from __future__ import annotations

from datetime import datetime
from itertools import cycle

from django.conf import settings
from django.db import transaction

from goodword.care.assign import assign_case
from goodword.care.attend import attend
from goodword.care.label import label_case, named_label
from goodword.care.models import Case
from goodword.care.saved_replies import save_reply
from goodword.care.saved_views import save_view
from goodword.config.demo import brand
from goodword.config.demo.automation import automate
from goodword.config.demo.learning import learn_from_cases
from goodword.config.demo.process import set_up_process
from goodword.config.demo.solved import solve_some
from goodword.config.demo.sorting import about
from goodword.config.demo.word import give_word
from goodword.connectors.contract import Listens
from goodword.kernel.clock import current_time
from goodword.listen.intake import take_in
from goodword.listen.models import Source
from goodword.listen.saved_searches import save_search
from goodword.listen.sources import open_source
from goodword.listen.understand import understand
from goodword.process.policies import save_policy, switch_policy
from goodword.process.routing import WrittenPlan, save_ability, save_plan, switch_plan
from goodword.staff.add_member import add_member
from goodword.staff.calendars import save_calendar
from goodword.staff.models import Agent, Team, Workspace
from goodword.staff.open_workspace import open_workspace
from goodword.staff.rosters import save_roster
from goodword.staff.teams import save_team

BATCH = 500


@transaction.atomic
def make_demo(*, now: datetime) -> Workspace:
    """Open the workspace, and hear what its customers said up to this moment. All of it, or nothing."""
    workspace = open_workspace(name=brand.NAME, now=now)
    agents = _hire(workspace, now)
    _prepare(workspace, agents[0], now)
    source = open_source(
        workspace=workspace,
        connector_key="simulator",
        name="Harbour's customers (simulated)",
        settings={"folder": str(settings.HOME / "simulator")},
        now=now,
    )
    _hear_the_past(source)
    solve_some(workspace=workspace, agents=agents, now=now)
    _hand_out(workspace, agents, now)
    give_word(workspace=workspace, channel=source.channel, agents=agents, now=now)
    learn_from_cases(workspace=workspace, agents=agents, now=now)
    _listen_for(workspace, agents[0], now)
    _share_out(workspace, agents[0], now)
    automate(workspace=workspace, by=agents[1], now=now)
    set_up_process(workspace=workspace, agents=agents, now=now)
    return workspace


def _hire(workspace: Workspace, now: datetime) -> list[Agent]:
    members = [add_member(workspace=workspace, email=email, name=name, role=role) for email, name, role in brand.AGENTS]
    by_email = {member.agent.email: member.agent for member in members}
    for name, emails in brand.TEAMS.items():
        save_team(workspace=workspace, name=name, agent_ids=[by_email[email].pk for email in emails], by=None, now=now)
    save_calendar(
        workspace=workspace,
        name="Harbour",
        zone=workspace.zone,
        week=brand.HOURS,
        special_days=brand.DAYS,
        by=None,
        now=now,
    )
    for email, week in brand.ROSTERS.items():
        save_roster(workspace=workspace, agent=by_email[email], zone=workspace.zone, week=week, by=None, now=now)
    return list(by_email.values())


def _prepare(workspace: Workspace, by: Agent, now: datetime) -> None:
    for shortcut, title, text in brand.REPLIES:
        save_reply(workspace=workspace, by=by, shortcut=shortcut, title=title, text=text, now=now)
    for name, label, rest in brand.VIEWS:
        labelled = f"label={named_label(workspace_id=workspace.pk, name=label).pk}&" if label else ""
        save_view(workspace=workspace, by=by, name=name, query=labelled + rest, shared=True)
    for written in brand.POLICIES:
        policy = save_policy(workspace=workspace, written=written, by=by, now=now)
        switch_policy(policy=policy, on=True, by=by, now=now - brand.IN_FORCE)


def _share_out(workspace: Workspace, by: Agent, now: datetime) -> None:
    """Each team gets what its topics speak of; what comes from now on is given out by itself."""
    for email, (skills, languages, most) in brand.ABILITIES.items():
        agent = Agent.objects.get(email=email)
        save_ability(
            workspace=workspace, agent=agent, skills=skills, languages=languages, most_open=most, by=by, now=now
        )
    for team in Team.objects.of(workspace).order_by("-name"):
        words = ", ".join(word.strip() for topic in brand.TOPICS if topic.team == team.name for word in topic.words)
        needs = brand.SKILLS if team.name == brand.SKILLED else ""
        plan = save_plan(team=team, written=WrittenPlan(words=words, needs=needs), by=by, now=now)
        switch_plan(plan=plan, on=True, by=by, now=now)


def _hear_the_past(source: Source) -> None:
    """Take in the simulated days before today at once, so that the first page has a story to show."""
    connector = source.connector
    if not isinstance(connector, Listens):
        raise TypeError("the simulator can't be listened to")
    heard = connector.listen(settings=source.settings, cursor={}, stop=lambda: False, now=current_time)
    take_in(source=source, delivery=next(heard), now=current_time())
    while understand(source_id=source.pk, limit=BATCH, now=current_time()).raws:
        pass
    while attend(source_id=source.pk, limit=BATCH, now=current_time()):
        pass


def _listen_for(workspace: Workspace, by: Agent, now: datetime) -> None:
    """Saved last: the worker looks through the past for them, and making the demo needs no kernel."""
    for name, text, opens_cases in brand.SEARCHES:
        save_search(workspace=workspace, by=by, name=name, text=text, opens_cases=opens_cases, now=now)


def _hand_out(workspace: Workspace, agents: list[Agent], now: datetime) -> None:
    """Sort what there is as a team would have: labels, teams, and every second case to a person."""
    teams = {team.name: team for team in Team.objects.of(workspace)}
    turn = cycle([*agents, None, None])
    choices = [(topic, topic.words) for topic in brand.TOPICS]
    for case in Case.objects.of(workspace).unresolved().select_related("opening_mention").order_by("-risk", "pk"):
        topic = about(case, choices)
        if topic is None:
            continue
        label = named_label(workspace_id=workspace.pk, name=topic.label)
        label_case(case=case, by=None, add=[label], now=now)
        assign_case(case=case, by=None, to=next(turn), team=teams[topic.team], now=now)
