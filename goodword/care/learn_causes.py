"""Learn which causes cases have, and guess those of new ones: the worker's part of suggesting a cause."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import islice

from django.db import transaction

from goodword.care.events import CauseRecorded
from goodword.care.models import Case, CauseGuess
from goodword.care.suggest_cause import said_first, with_cause
from goodword.kernel.models import FactRow
from goodword.triage.models import Cause, CauseLesson
from goodword.triage.teach_causes import CauseExample, guess_causes, teach_causes

LEARNED_FROM = 10_000  # of the newest cases with a cause
FEWEST = 10  # examples of a cause; with fewer it is left out of the lesson


def to_teach() -> list[int]:
    """Workspaces whose agents have said why since their lesson was taught, or that have none."""
    taught = dict(CauseLesson.objects.values_list("workspace_id", "taught_at"))
    said = FactRow.objects.filter(kind=CauseRecorded.__name__)
    workspaces = Cause.objects.in_use().order_by("workspace").values_list("workspace_id", flat=True).distinct()
    return [pk for pk in workspaces if pk not in taught or said.filter(workspace_id=pk, at__gt=taught[pk]).exists()]


def teach_from_cases(*, workspace_id: int, now: datetime) -> CauseLesson | None:
    """Learn from what agents confirmed. None while there are fewer than two causes with `FEWEST` cases each."""
    confirmed = islice(with_cause(workspace_id).iterator(chunk_size=500), LEARNED_FROM)
    examples = [CauseExample(said_first(case), case.cause_id or 0) for case in confirmed]
    counts = Counter(example.cause_id for example in examples)
    enough = [example for example in examples if counts[example.cause_id] >= FEWEST]
    return teach_causes(workspace_id=workspace_id, examples=enough, now=now) if enough else None


@transaction.atomic
def guess_next(*, taught: CauseLesson, limit: int) -> int:
    """Guess the next open cases whose cause nobody has named, unless this very lesson has done so; how many."""
    guessed = CauseGuess.objects.of(taught.workspace_id).filter(taught_at=taught.taught_at).values("case")
    cases = list(
        Case.objects.of(taught.workspace_id)
        .unresolved()
        .filter(cause=None)
        .exclude(pk__in=guessed)
        .select_related("opening_mention")
        .order_by("-last_message_at")[:limit]
    )
    if not cases:
        return 0
    in_use = set(Cause.objects.of(taught.workspace_id).in_use().values_list("pk", flat=True))
    guesses = guess_causes(taught, [said_first(case) for case in cases])
    rows = [
        CauseGuess(
            workspace_id=taught.workspace_id,
            case=case,
            cause_id=guess.cause_id if guess.cause_id in in_use else None,
            chance=guess.chance,
            taught_at=taught.taught_at,
        )
        for case, guess in zip(cases, guesses, strict=True)
    ]
    CauseGuess.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["case"], update_fields=["cause", "chance", "taught_at"]
    )
    return len(cases)
