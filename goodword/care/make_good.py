"""Give a customer something because we failed them: offered, approved where it must be, given, or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.care.events import MakeGoodChanged
from goodword.care.lock import lock_case
from goodword.care.models import Case, MakeGood, MakeGoodBudget, MakeGoodKind, MakeGoodState
from goodword.care.models.make_good import COSTS
from goodword.kernel import facts
from goodword.staff.models import Agent, Notice, Role, Workspace
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may


class NotGiven(Exception):
    """It can't be given, or not by this agent; the message says why."""


def budget_of(workspace: Workspace) -> MakeGoodBudget:
    """The house's budget; unsaved where nobody set it."""
    return MakeGoodBudget.objects.of(workspace).first() or MakeGoodBudget(workspace=workspace)


def spent_this_month(workspace: Workspace, *, now: datetime) -> Decimal:
    """What was offered this month, by the workspace's clock, and not refused or withdrawn."""
    begin = timezone.localtime(now, ZoneInfo(workspace.zone)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    offered = MakeGood.objects.of(workspace).filter(state__in=COSTS, offered_at__gte=begin)
    return offered.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def known_make_good(case: Case, idempotency_key: str) -> MakeGood | None:
    """What was offered under this key. Raises `NotGiven` where that was in another case."""
    known = MakeGood.objects.of(case.workspace_id).filter(idempotency_key=idempotency_key).first()
    if known is not None and known.case_id != case.pk:
        raise NotGiven(_("This form was used for another case: open it again."))
    return known


@transaction.atomic
def offer_make_good(
    *,
    case: Case,
    by: Agent,
    kind: MakeGoodKind,
    amount: Decimal,
    what: str,
    why: str,
    idempotency_key: str,
    now: datetime,
) -> MakeGood:
    """Put it into the ledger, once under one `idempotency_key`.

    A lead has to approve what is more than an agent gives without asking; what goes beyond the month's budget is
    approved by a second person, whoever offers it. Raises `NotGiven`, `MergedAway`.
    """
    case = lock_case(case)
    if (known := known_make_good(case, idempotency_key)) is not None:
        return known
    if amount <= 0 or not what.strip():
        raise NotGiven(_("Say what is given, and how much it is worth."))
    Workspace.objects.select_for_update().get(pk=case.workspace_id)  # two offers at once don't both fit the budget
    budget, spent = budget_of(case.workspace), spent_this_month(case.workspace, now=now)
    is_lead = who_may(Role.LEAD, workspace=case.workspace_id).filter(pk=by.pk).exists()
    waits = spent + amount > budget.a_month or (amount > budget.without_asking and not is_lead)
    made = MakeGood.objects.create(
        workspace_id=case.workspace_id,
        case=case,
        kind=kind,
        amount=amount,
        what=what.strip(),
        why=why.strip(),
        state=MakeGoodState.WAITING if waits else MakeGoodState.APPROVED,
        offered_by=by,
        offered_at=now,
        idempotency_key=idempotency_key,
    )
    _announce(made, by, now)
    if waits:
        leads = who_may(Role.LEAD, workspace=case.workspace_id).exclude(pk=by.pk)
        _tell(made, leads.values_list("pk", flat=True), now)
    return made


@transaction.atomic
def decide_make_good(*, make_good: MakeGood, by: Agent, approve: bool, now: datetime) -> MakeGood:
    """A lead says yes or no to what waits, never to their own; whoever offered it is told. Raises `NotGiven`."""
    made = _locked(make_good, MakeGoodState.WAITING)
    if made.offered_by_id == by.pk:
        raise NotGiven(_("You offered it: somebody else has to say yes or no."))
    made.state = MakeGoodState.APPROVED if approve else MakeGoodState.REFUSED
    made.decided_by, made.decided_at = by, now
    made.save(update_fields=["state", "decided_by", "decided_at"])
    _announce(made, by, now)
    if made.offered_by_id:
        _tell(made, [made.offered_by_id], now)
    return made


@transaction.atomic
def give_make_good(*, make_good: MakeGood, by: Agent, now: datetime) -> MakeGood:
    """It has been given. Raises `NotGiven`."""
    made = _locked(make_good, MakeGoodState.APPROVED)
    made.state, made.given_at = MakeGoodState.GIVEN, now
    made.save(update_fields=["state", "given_at"])
    _announce(made, by, now)
    return made


@transaction.atomic
def withdraw_make_good(*, make_good: MakeGood, by: Agent, now: datetime) -> MakeGood:
    """It won't be given. Raises `NotGiven` for what was given already."""
    made = _locked(make_good, MakeGoodState.WAITING, MakeGoodState.APPROVED)
    made.state = MakeGoodState.WITHDRAWN
    made.save(update_fields=["state"])
    _announce(made, by, now)
    return made


@transaction.atomic
def save_budget(*, workspace: Workspace, currency: str, a_month: Decimal, without_asking: Decimal) -> MakeGoodBudget:
    """What may be given from now on."""
    budget, _is_new = MakeGoodBudget.objects.update_or_create(
        workspace=workspace,
        defaults={"currency": currency.upper(), "a_month": a_month, "without_asking": without_asking},
    )
    return budget


def _locked(make_good: MakeGood, *states: MakeGoodState) -> MakeGood:
    made = MakeGood.objects.select_for_update(of=("self",)).get(pk=make_good.pk)
    if made.state not in states:
        raise NotGiven(_("It is %(state)s by now.") % {"state": MakeGoodState(made.state).label})
    return made


def _announce(made: MakeGood, by: Agent, now: datetime) -> None:
    fact = MakeGoodChanged(
        workspace_id=made.workspace_id,
        case_id=made.case_id,
        make_good_id=made.pk,
        state=made.state,
        what=made.what,
    )
    facts.record(fact, now=now, actor_id=by.pk)


def _tell(made: MakeGood, agent_ids: Iterable[int], now: datetime) -> None:
    notify(
        workspace_id=made.workspace_id,
        agent_ids=agent_ids,
        kind=Notice.Kind.MAKE_GOOD,
        subject=f"case:{made.case_id}",
        text=f"{made.what}: {made.get_state_display()}",
        now=now,
    )
