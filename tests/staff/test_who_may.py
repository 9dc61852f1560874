from __future__ import annotations

import pytest

from goodword.staff.models import Agent, Membership, Role, Workspace
from goodword.staff.who_may import who_may

pytestmark = pytest.mark.django_db


def test_members_are_found_by_what_they_may_do() -> None:
    harbour, other = (Workspace.objects.create(name=name, slug=name) for name in ("harbour", "other"))
    for name, role in (("Ada", Role.ADMIN), ("Vera", Role.VIEWER), ("Gone", Role.ADMIN), ("Lea", Role.LEAD)):
        agent = Agent.objects.create_user(f"{name}@harbour.example", name=name, is_active=name != "Gone")
        Membership.objects.create(workspace=harbour, agent=agent, role=role)
    Membership.objects.create(workspace=other, agent=Agent.objects.get(name="Vera"), role=Role.ADMIN)
    assert [str(agent) for agent in who_may(Role.AGENT, workspace=harbour)] == ["Ada", "Lea"]
    assert [str(agent) for agent in who_may(Role.VIEWER, workspace=harbour)] == ["Ada", "Lea", "Vera"]
    assert [str(agent) for agent in who_may(Role.ADMIN, workspace=other.pk)] == ["Vera"]
