"""What the chat is tried on: a brand with an agent and a chat. Run as a module, against a new database."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime

import django


def seed() -> dict[str, object]:
    """Make everything; the agent's sign-in tokens, and the address of the chat."""
    from goodword.listen.public_key import public_key
    from goodword.listen.sources import open_source
    from goodword.staff.models import Agent, Membership, Role, Workspace
    from goodword.staff.sign_in import issue_sign_in_link

    now = datetime.now(UTC)
    workspace = Workspace.objects.create(name="Harbour", slug="harbour")
    agent = Agent.objects.create_user("ann@harbour.example", name="Ann Li")
    Membership.objects.create(workspace=workspace, agent=agent, role=Role.ADMIN)
    settings = {
        "origins": os.environ["SHOP"],
        "greeting": "Hello! How can we help?",
        "audience": "harbour-chat",
        "key_1_id": "k1",
        "key_1": os.environ["SHOP_SECRET"],
    }
    chat = open_source(workspace=workspace, connector_key="chat", name="Chat", settings=settings, now=now)
    busy = open_source(
        workspace=workspace,
        connector_key="chat",
        name="Busy chat",
        settings=settings | {"answer_within_minutes": "0.01"},
        now=now,
    )
    return {
        "tokens": {"Ann": [issue_sign_in_link(agent=agent, now=now) for _ in range(3)]},
        "chat": public_key(chat),
        "busy": public_key(busy),
    }


if __name__ == "__main__":
    django.setup(set_prefix=False)
    json.dump(seed(), sys.stdout)
