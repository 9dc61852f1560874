"""What stands beside a case: why it came about, and articles that may answer it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from goodword.care.models import Case
from goodword.care.panels import Panel, show_beside_cases
from goodword.learn.answers import articles_for
from goodword.learn.models import ProblemCase
from goodword.staff.models import Membership, Role


def read_cause(case: Case, membership: Membership, now: datetime) -> dict[str, Any] | None:
    """The cause and the problems that the case tells of."""
    if case.cause_id is None:
        return None
    links = ProblemCase.objects.of(case.workspace_id).filter(case=case).select_related("problem")
    return {"cause": case.cause, "problems": [link.problem for link in links]}


def read_articles(case: Case, membership: Membership, now: datetime) -> dict[str, Any] | None:
    """Articles to answer with."""
    found = articles_for(case)
    may_insert = membership.may(Role.AGENT)
    return {"articles": found, "may_insert": may_insert, "today": now.date()} if found else None


show_beside_cases(Panel(_("Answers we know"), "learn/_articles_panel.html", read_articles, rank=30))
show_beside_cases(Panel(_("Cause"), "learn/_cause_panel.html", read_cause, rank=40))
