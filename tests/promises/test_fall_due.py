from __future__ import annotations

from goodword.promises.fall_due import break_overdue, remind_of_due
from goodword.promises.keep import keep_promise
from goodword.promises.models import Standing
from goodword.promises.renegotiate import renegotiate_promise
from goodword.promises.report import word_kept
from goodword.staff.models import Notice, Role
from tests.care.world import World, at
from tests.promises.world import FRIDAY, make, promise_of


def notices(world: World) -> list[tuple[str, str, str]]:
    found = Notice.objects.of(world.workspace).order_by("pk")
    return [(notice.agent.name, notice.kind, notice.subject) for notice in found]


def test_the_owner_is_told_once_before_it_falls_due_and_once_when_it_is_broken(world: World) -> None:
    ana, case = world.agent(), world.case()
    promise = promise_of(case, ana)
    assert remind_of_due(now=at(FRIDAY - 241)) == 0
    assert [remind_of_due(now=at(FRIDAY - 240)), remind_of_due(now=at(FRIDAY - 239))] == [1, 0]
    assert notices(world) == [("Ana", "promise_due", f"case:{case.pk}")]
    assert break_overdue(now=at(FRIDAY)) == 0
    assert [break_overdue(now=at(FRIDAY + 1)), break_overdue(now=at(FRIDAY + 2))] == [1, 0]
    assert notices(world)[1:] == [("Ana", "promise_broken", f"case:{case.pk}")]
    promise.refresh_from_db()
    assert (promise.standing, promise.settled_at) == (Standing.BROKEN, at(FRIDAY))
    assert world.facts(case) == ["PromiseMade", "PromiseReminded", "PromiseBroken"]


def test_the_promise_of_somebody_who_left_is_the_leads_business(world: World) -> None:
    ana, case = world.agent(), world.case()
    world.agent("Lea", Role.LEAD)
    promise_of(case, ana)
    ana.memberships.all().delete()
    remind_of_due(now=at(FRIDAY - 240))
    assert [name for name, _kind, _subject in notices(world)] == ["Lea"]


def test_what_is_settled_is_neither_reminded_of_nor_broken(world: World) -> None:
    ana = world.agent()
    keep_promise(promise=promise_of(world.case(), ana), by=ana, now=at(1))
    assert (remind_of_due(now=at(FRIDAY - 1)), break_overdue(now=at(FRIDAY + 1))) == (0, 0)


def test_a_word_kept_is_counted_apart_from_what_was_late_moved_or_broken(world: World) -> None:
    ana, case = world.agent(), world.case()
    keep_promise(promise=promise_of(case, ana), by=ana, now=at(1))
    keep_promise(promise=promise_of(case, ana), by=ana, now=at(FRIDAY))
    keep_promise(promise=promise_of(case, ana), by=ana, now=at(FRIDAY + 5))
    moved = promise_of(case, ana)
    renegotiate_promise(promise=moved, by=ana, due_at=at(9 * FRIDAY), agreed="Yes", now=at(2))
    promise_of(case, ana)  # nobody keeps it, and the clock has not looked yet
    make(case, ana, "I'll call you soon.", [])
    promise_of(World("other").case(), ana)
    word = word_kept(world.workspace, since=at(0), until=at(2 * FRIDAY), now=at(2 * FRIDAY))
    assert (word.kept, word.kept_late, word.broken, word.renegotiated, word.said) == (2, 1, 1, 1, 1)
    assert (word.due, word.share) == (4, 0.5)
    assert word_kept(world.workspace, since=at(-9), until=at(0), now=at(0)).share is None
