"""What the surveys say, of those who were asked in a period."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from goodword.care.delivery import ARRIVED
from goodword.process.models import Survey, SurveyKind
from goodword.process.rules.surveys import Effort, Recommending, effort, recommending
from goodword.staff.models import Workspace


def asked_in(workspace: Workspace, kind: str, *, since: datetime, until: datetime) -> QuerySet[Survey]:
    """Whom a question reached; who answered was reached."""
    reached = Q(message__delivery__in=ARRIVED) | Q(answer__isnull=False)
    return Survey.objects.of(workspace).filter(reached, kind=kind, asked_at__gte=since, asked_at__lt=until)


def survey_figures(workspace: Workspace, *, since: datetime, until: datetime) -> tuple[Recommending, Effort]:
    """NPS and CES, with n, response rate and interval. In two queries."""
    nps, easy = (
        list(asked_in(workspace, kind, since=since, until=until).order_by().values_list("answer", flat=True))
        for kind in (SurveyKind.NPS, SurveyKind.EFFORT)
    )
    return (
        recommending([answer for answer in nps if answer is not None], asked=len(nps)),
        effort([answer for answer in easy if answer is not None], asked=len(easy)),
    )
