"""The measuring half of `bench.clocks`: runs over a database that is empty but for its tables."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import django

LONGEST_TICK, LATEST = 1.0, 5.0  # seconds
WITHIN = timedelta(hours=8)
WARNED = timedelta(minutes=30)  # before
AT_ONCE = (0, 10, 100, 250)  # warnings that fall on one tick
LIVE, SPREAD = 1200, 60  # warnings over so many seconds, while a worker runs
_HEAD_START = 40  # seconds, for the worker to begin

_CASES = """
INSERT INTO care_case (workspace_id, number, source_id, channel, identity_id, subject, state, priority, risk,
    risk_parts, snippet, message_count, opened_at, last_message_at, last_inbound_at, last_inbound_id, waiting_since,
    created_at)
SELECT %(workspace)s, n, %(source)s, 'recorded', %(identity)s, 'Where is my order ' || n, 'open', 0, 0,
    '[]', '', 1, at, at, at, 0, at, at
FROM unnest(%(opened)s::timestamptz[]) WITH ORDINALITY AS given (at, n)
"""
_EPISODES = """
INSERT INTO care_episode (workspace_id, case_id, number, opened_at, resolution, customer_words, waited_seconds)
SELECT workspace_id, id, 1, opened_at, '', '', 0 FROM care_case
"""
_MESSAGES = """
INSERT INTO care_message (workspace_id, case_id, episode_id, kind, at, text, private, automatic, delivery, attempts,
    external_id, failure)
SELECT e.workspace_id, e.case_id, e.id, 'inbound', e.opened_at, 'Where is it?', false, false, '', 0, '', ''
FROM care_episode e
"""


def main(cases: int) -> int:
    """Print the figures; 1 if one isn't held."""
    from goodword.care.models import Case
    from goodword.process.models import Clock
    from goodword.process.reckon import reckon_clocks

    now = datetime.now(UTC)
    opened = _opened(now, cases)
    workspace_id = _world(now, opened)
    ids = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    started = time.monotonic()
    for at in range(0, len(ids), 1000):
        reckon_clocks(workspace_id=workspace_id, case_ids=ids[at : at + 1000], now=now)
    spent = time.monotonic() - started
    print(f"{Clock.objects.filter(ended_at=None).count():,} open clocks, begun at {len(ids) / spent:,.0f} cases/s")
    _vacuum()
    slowest = _ticks(now)
    latest = _live()
    print(f"slowest tick {slowest:.2f} s (must {LONGEST_TICK:.0f}), latest warning {latest:.1f} s (must {LATEST:.0f})")
    return int(slowest > LONGEST_TICK or latest > LATEST)


def _opened(now: datetime, cases: int) -> list[datetime]:
    """When each case was opened: some are warned of together in hours to come, some soon one after the other."""
    first = now - WITHIN + WARNED
    together = [first + timedelta(hours=hour) for hour, count in enumerate(AT_ONCE, start=1) for _ in range(count)]
    soon = [first + timedelta(seconds=_lead(cases) + SPREAD * n / LIVE) for n in range(LIVE)]
    rest = cases - len(together) - len(soon)
    late = first + timedelta(hours=len(AT_ONCE) + 1)
    return [*together, *soon, *(late + timedelta(seconds=n * 7200 / rest) for n in range(rest))]


def _lead(cases: int) -> float:
    """Seconds until the worker surely runs: the clocks have to be begun first."""
    return 150 + cases / 500


def _world(now: datetime, opened: list[datetime]) -> int:
    from django.db import connection

    from goodword.process.policies import WrittenPolicy, WrittenRung, save_policy, switch_policy
    from goodword.staff.models import Role
    from tests.care.world import World

    world = World("bench")
    world.agent("Lea", Role.LEAD)
    identity = world.identity("somebody")
    written = WrittenPolicy(
        name="All", first="8 h", resolution="", in_business_time=False,
        ladder=(WrittenRung(length="30 min", before=True, whom="leads"),),
    )  # fmt: skip
    policy = save_policy(workspace=world.workspace, written=written, by=None, now=now)
    switch_policy(policy=policy, on=True, by=None, now=now - timedelta(days=2))
    with connection.cursor() as cursor:
        values: dict[str, int | list[datetime]] = {
            "workspace": world.workspace.pk,
            "source": world.source.pk,
            "identity": identity.pk,
            "opened": opened,
        }
        for statement in (_CASES, _EPISODES, _MESSAGES):
            cursor.execute(statement, values)
        cursor.execute("DELETE FROM procrastinate_jobs")  # of the policy: everything is reckoned below
    _vacuum()
    return world.workspace.pk


def _vacuum() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _ticks(now: datetime) -> float:
    """A tick at each moment on which so many warnings fall; the slowest. What comes soon is left to the worker."""
    from goodword.process.models import Clock
    from goodword.process.reckon import tick

    slowest = 0.0
    soon = list(Clock.objects.order_by("next_at").values_list("pk", flat=True)[:LIVE])
    kept = dict(Clock.objects.filter(pk__in=soon).values_list("pk", "next_at"))
    Clock.objects.filter(pk__in=soon).update(next_at=None)
    workspace_id = Clock.objects.values_list("workspace_id", flat=True)[0]
    for hour, count in enumerate(AT_ONCE, start=1):
        moment = now + timedelta(hours=hour, seconds=1)
        tick(workspace_id=workspace_id, now=moment - timedelta(seconds=2))  # what is late since the last one
        started = time.monotonic()
        found = tick(workspace_id=workspace_id, now=moment)
        spent = time.monotonic() - started
        assert found >= count  # with those that are late by now
        slowest = max(slowest, spent)
        print(f"a tick with {count:5,} warnings: {spent * 1000:7.1f} ms")
    Clock.objects.bulk_update([Clock(pk=pk, next_at=at) for pk, at in kept.items()], ["next_at"], batch_size=500)
    return slowest


def _live() -> float:
    """How long after its moment each warning could be read, while a worker runs. Seconds, the longest."""
    from goodword.kernel.models import FactRow
    from goodword.process.models import Clock

    due = {clock.case_id: clock.next_at for clock in Clock.objects.order_by("next_at")[:LIVE] if clock.next_at}
    last = FactRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    wait = (min(due.values()) - datetime.now(UTC)).total_seconds()
    if wait < _HEAD_START:
        sys.exit("The clocks took too long to begin: there was no time left to start the worker.")
    time.sleep(wait - _HEAD_START)
    worker = subprocess.Popen([sys.executable, "-m", "goodword", "worker", "--no-listen"])
    lateness: list[float] = []
    try:
        while len(lateness) < len(due) and datetime.now(UTC) < max(due.values()) + timedelta(seconds=60):
            told = FactRow.objects.filter(pk__gt=last, kind="DeadlineTold").order_by("pk")
            for pk, data in told.values_list("pk", "data"):
                last = pk
                lateness.append((datetime.now(UTC) - due[data["case_id"]]).total_seconds())
            time.sleep(0.05)
    finally:
        worker.terminate()
        worker.wait()
    if len(lateness) < len(due):
        sys.exit(f"Only {len(lateness)} of {len(due)} warnings came.")
    lateness.sort()
    print(f"{len(due):,} warnings in {SPREAD} s: p50 {lateness[len(lateness) // 2]:.1f} s, latest {lateness[-1]:.1f} s")
    return lateness[-1]


if __name__ == "__main__":
    django.setup(set_prefix=False)
    sys.exit(main(int(sys.argv[1])))
