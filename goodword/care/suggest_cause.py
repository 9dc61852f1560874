"""Which cause a case probably has: by the reader that the workspace has taught, until then by cases that read alike."""

from __future__ import annotations

from goodword.care.alike import cause_of_alike
from goodword.care.models import Case, CauseGuess
from goodword.care.models.case import CaseQuerySet
from goodword.triage.models import Cause

COMPARED = 300  # of the newest cases with a cause
_LOOKED_AT = 600  # characters of what the customer wrote


def suggested_cause(case: Case) -> Cause | None:
    """The cause to offer, or None."""
    in_use = Cause.objects.of(case.workspace_id).in_use().in_order()
    guess = CauseGuess.objects.filter(case=case).first()
    if guess is not None:
        return in_use.filter(pk=guess.cause_id).first() if guess.cause_id else None
    recent = with_cause(case.workspace_id).exclude(pk=case.pk)[:COMPARED]
    found = cause_of_alike(said_first(case), [(said_first(each), each.cause_id or 0) for each in recent])
    return in_use.filter(pk=found).first() if found else None


def with_cause(workspace_id: int) -> CaseQuerySet:
    """Cases whose cause an agent confirmed, the newest first, with what `said_first` needs."""
    cases = Case.objects.of(workspace_id).filter(cause__isnull=False).select_related("opening_mention")
    return cases.order_by("-opened_at")


def said_first(case: Case) -> str:
    """How the customer began: the subject and the first words."""
    heard = case.opening_mention
    return f"{case.subject}\n{heard.text[:_LOOKED_AT] if heard is not None else case.snippet}"
