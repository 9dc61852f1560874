"""Who and what is meant by the names that a search is narrowed by."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from goodword.care.filters import ME, NOBODY, CaseFilter
from goodword.care.models import Label
from goodword.care.search_query import SearchQuery
from goodword.people.find import people_named
from goodword.people.models import Identity
from goodword.staff.models import Agent, Team, Workspace

MOST_IDENTITIES = 1_000
_SPECIAL = ("", ME, NOBODY)


@dataclass(frozen=True, slots=True)
class Names:
    """The filter that the names stand for, and whose cases, if that was said. `nobody`: a name that nobody has."""

    filter: CaseFilter
    identities: list[int] | None
    problems: tuple[str, ...]

    @property
    def nobody(self) -> bool:
        """Nothing can be found."""
        return bool(self.problems)


def named_in(query: SearchQuery, *, workspace: Workspace) -> Names:
    """Look the names up. One that is not found is a problem to tell."""
    problems: list[str] = []
    assignee, team = query.assignee.lower(), query.team.lower()
    if assignee not in _SPECIAL:
        agents = _agents(query.assignee, workspace)
        assignee = _one(query.assignee, agents, problems, _("No agent is called “%(name)s”."))
    if team not in _SPECIAL:
        teams = Team.objects.of(workspace).filter(name__istartswith=query.team)
        team = _one(query.team, teams, problems, _("No team is called “%(name)s”."))
    labels = [
        _one(name, Label.objects.of(workspace).filter(name__iexact=name), problems, _("No label is called “%(name)s”."))
        for name in query.labels
    ]
    identities = None
    if query.sender:
        identities = list(_identities(query.sender, workspace)[:MOST_IDENTITIES])
        if not identities:
            problems.append(_("No customer is called “%(name)s”.") % {"name": query.sender})
    filter_ = CaseFilter(assignee=assignee, team=team, labels=tuple(int(label) for label in labels if label))
    return Names(filter_, identities, tuple(problems))


def _one(name: str, found: QuerySet[Agent] | QuerySet[Team] | QuerySet[Label], problems: list[str], says: str) -> str:
    """Its id, as `CaseFilter` writes it, or nothing."""
    pk = found.values_list("pk", flat=True).first()
    if pk is None:
        problems.append(says % {"name": name})
        return ""
    return str(pk)


def _agents(name: str, workspace: Workspace) -> QuerySet[Agent]:
    called = Q(name__istartswith=name) | Q(email__istartswith=name)
    return Agent.objects.filter(called, memberships__workspace=workspace).order_by("name")


def _identities(name: str, workspace: Workspace) -> QuerySet[Identity, int]:
    """Ids, by handle or address, or by how the name begins that the channel or a colleague gave."""
    plain = name.lower().lstrip("@")
    accounts = Identity.objects.of(workspace).annotate(lower_handle=Lower("handle"), lower_name=Lower("name"))
    called = accounts.filter(Q(lower_handle=plain) | Q(email=plain) | Q(lower_name__startswith=plain))
    named = accounts.filter(person__in=people_named(workspace).filter(Q(lower_name__startswith=plain)).values("pk"))
    return called.values_list("pk", flat=True).union(named.values_list("pk", flat=True))
