"""A brand with nothing but an admin. Run as a module, against a new database."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import django


def seed() -> dict[str, list[str]]:
    """Make both; returns sign-in tokens by first name."""
    from goodword.staff.models import Agent, Membership, Role, Workspace
    from goodword.staff.sign_in import issue_sign_in_link

    workspace = Workspace.objects.create(name="Harbour", slug="harbour")
    agent = Agent.objects.create_user("ann@harbour.example", name="Ann Li")
    Membership.objects.create(workspace=workspace, agent=agent, role=Role.ADMIN)
    return {"Ann": [issue_sign_in_link(agent=agent, now=datetime.now(UTC)) for _ in range(2)]}


if __name__ == "__main__":
    django.setup(set_prefix=False)
    json.dump(seed(), sys.stdout)
