"""Problems: something that goes wrong for many customers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.care.models import Case
from goodword.staff.models import Agent, Scoped, ScopedQuerySet
from goodword.triage.models import Cause


class Problem(Scoped):
    """What lies behind many cases. Whether it is solved is read from the complaints of its cause."""

    title = models.CharField(_("title"), max_length=120)
    about = models.TextField(_("what is known"), blank=True)
    cause = models.ForeignKey(Cause, models.PROTECT, related_name="+")
    cases = models.ManyToManyField(Case, through="ProblemCase", related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "-opened_at", "-id"], name="problems_by_time")]

    def __str__(self) -> str:
        return self.title


class ProblemCase(Scoped):
    """A case in which a customer told of the problem."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="links", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    linked_at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "problem", "case"], name="case_once_a_problem")]

    def __str__(self) -> str:
        return f"case {self.case_id} of problem {self.problem_id}"
