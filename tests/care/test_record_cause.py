from __future__ import annotations

import pytest
from django.test import Client

from goodword.care.filters import CaseFilter, matching
from goodword.care.models import Case, State
from goodword.care.record_cause import WrongCause, record_cause
from goodword.kernel.models import FactRow
from goodword.triage.models import Area, Cause
from goodword.triage.save_cause import retire_cause
from tests.care.world import World, at, fresh


def cause(world: World, name: str = "Late parcel") -> Cause:
    area, _made = Area.objects.get_or_create(workspace=world.workspace, name="Delivery")
    return Cause.objects.create(workspace=world.workspace, area=area, name=name)


def test_the_cause_is_recorded_once_and_can_be_taken_back(world: World) -> None:
    case, ana, late = world.case(), world.agent(), cause(world)
    for _ in range(2):
        record_cause(case=case, by=ana, cause=late, now=at(1))
    assert fresh(case).cause == late
    record_cause(case=case, by=ana, cause=None, now=at(2))
    assert fresh(case).cause is None
    said, taken = FactRow.objects.filter(kind="CauseRecorded").order_by("pk")
    assert said.data == {
        "case_id": case.pk,
        "cause_id": late.pk,
        "before_id": None,
        "cause": "Delivery › Late parcel",
    }
    assert (taken.data["cause_id"], taken.data["before_id"]) == (None, late.pk)


def test_a_retired_cause_and_one_of_another_workspace_are_refused(world: World) -> None:
    case, late = world.case(), cause(world)
    retire_cause(cause=late, by=None, now=at(0))
    for wrong in (Cause.objects.get(pk=late.pk), cause(World("other"))):
        with pytest.raises(WrongCause):
            record_cause(case=case, by=None, cause=wrong, now=at(1))
    assert fresh(case).cause is None


def test_the_inbox_is_filtered_by_cause(world: World) -> None:
    ana, late, torn = world.agent(), cause(world), cause(world, "Torn box")
    cases = {name: world.case(name) for name in ("late", "torn", "unsaid")}
    record_cause(case=cases["late"], by=ana, cause=late, now=at(1))
    record_cause(case=cases["torn"], by=ana, cause=torn, now=at(1))

    def found(query: str) -> set[str]:
        chosen = CaseFilter.read(query)
        assert CaseFilter.read(chosen.query()) == chosen
        return {case.subject for case in matching(chosen, workspace=world.workspace, agent=ana)}

    assert found(f"cause={late.pk}") == {"late"}
    assert found("cause=none") == {"unsaid"}
    assert found("cause=nonsense") == {"late", "torn", "unsaid"}


@pytest.fixture
def ana(world: World, client: Client) -> Client:
    client.force_login(world.agent())
    return client


def test_resolving_names_the_cause(world: World, ana: Client) -> None:
    late, torn = cause(world), cause(world, "Torn box")
    chosen, confirmed = world.case(), world.case()
    ana.post(f"/w/harbour/cases/{chosen.number}/resolution/", {"cause": late.pk})
    # The button of the suggestion counts, whatever stands in the list beside it.
    ana.post(f"/w/harbour/cases/{confirmed.number}/resolution/", {"cause": "", "cause_is": torn.pk})
    assert [fresh(chosen).cause, fresh(confirmed).cause] == [late, torn]
    assert {each.state for each in Case.objects.all()} == {State.RESOLVED}


def test_a_cause_that_is_not_there_resolves_nothing_and_says_so(world: World, ana: Client) -> None:
    cause(world)
    case = world.case()
    answer = ana.post(f"/w/harbour/cases/{case.number}/resolution/", {"cause": "999"})
    assert answer.status_code == 422
    assert "This cause is not in use here" in answer.content.decode()
    assert fresh(case).state == State.OPEN


def test_the_cause_has_a_form_of_its_own(world: World, ana: Client) -> None:
    late, case = cause(world), world.case()
    address = f"/w/harbour/cases/{case.number}/cause/"
    assert "Late parcel" in ana.get(address).content.decode()
    ana.post(address, {"cause": late.pk})
    assert fresh(case).cause == late
    ana.post(address, {"cause": ""})
    assert fresh(case).cause is None
    assert ana.post(address, {"cause": "nonsense"}).status_code == 422
