from __future__ import annotations

import pytest

from goodword.promises.keep import keep_promise, take_keeping_back
from goodword.promises.lock import PromiseMovedOn
from goodword.promises.models import Standing
from goodword.promises.renegotiate import NotAgreed, TooLateToRenegotiate, renegotiate_promise
from tests.care.world import World, at
from tests.promises.world import FRIDAY, promise_of


@pytest.mark.parametrize(("when", "standing"), [(FRIDAY, Standing.KEPT), (FRIDAY + 1, Standing.KEPT_LATE)])
def test_kept_on_time_or_late(world: World, when: float, standing: Standing) -> None:
    ana, case = world.agent(), world.case()
    kept = keep_promise(promise=promise_of(case, ana), by=ana, evidence=" Called at 5 ", now=at(when))
    assert (kept.standing, kept.evidence, kept.settled_at) == (standing, "Called at 5", at(when))
    assert world.facts(case) == ["PromiseMade", "PromiseKept"]
    with pytest.raises(PromiseMovedOn):
        keep_promise(promise=kept, by=ana, now=at(when))


@pytest.mark.parametrize(("when", "standing"), [(FRIDAY, Standing.OPEN), (FRIDAY + 1, Standing.BROKEN)])
def test_keeping_can_be_taken_back(world: World, when: float, standing: Standing) -> None:
    ana = world.agent()
    kept = keep_promise(promise=promise_of(world.case(), ana), by=ana, evidence="x", now=at(1))
    promise = take_keeping_back(promise=kept, by=ana, now=at(when))
    assert (promise.standing, promise.evidence) == (standing, "")
    with pytest.raises(PromiseMovedOn):
        take_keeping_back(promise=promise, by=ana, now=at(when))


def test_another_time_is_a_new_promise_and_the_old_one_is_not_kept(world: World) -> None:
    ana, tom, case = world.agent(), world.agent("Tom"), world.case()
    old = promise_of(case, ana)
    new = renegotiate_promise(promise=old, by=tom, due_at=at(2 * FRIDAY), agreed="She asked for it", now=at(9))
    old.refresh_from_db()
    assert (old.standing, old.evidence, old.settled_at) == (Standing.RENEGOTIATED, "She asked for it", at(9))
    assert (new.standing, new.due_at, new.owner, new.follows) == (Standing.OPEN, at(2 * FRIDAY), ana, old)
    assert world.facts(case) == ["PromiseMade", "PromiseRenegotiated"]
    with pytest.raises(TooLateToRenegotiate):
        renegotiate_promise(promise=old, by=ana, due_at=at(3 * FRIDAY), agreed="Again", now=at(10))


def test_nothing_is_renegotiated_once_it_is_due_or_in_silence(world: World) -> None:
    ana = world.agent()
    promise = promise_of(world.case(), ana)
    with pytest.raises(TooLateToRenegotiate):
        renegotiate_promise(promise=promise, by=ana, due_at=at(2 * FRIDAY), agreed="Yes", now=at(FRIDAY))
    with pytest.raises(NotAgreed):
        renegotiate_promise(promise=promise, by=ana, due_at=at(2 * FRIDAY), agreed=" ", now=at(9))
