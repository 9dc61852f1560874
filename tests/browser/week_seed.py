"""Where the week begins: the demo brand as it is made for everybody, on a Monday morning. Run as a module."""

from __future__ import annotations

import json
import os
import sys

import django

from tests.browser.week_clock import move_clock


def seed() -> dict[str, object]:
    """The sign-in tokens of who answers and of who leads, and what another process of the story needs to know."""
    from goodword.config.demo.make import make_demo
    from goodword.kernel.clock import current_time
    from goodword.staff.models import Agent
    from goodword.staff.sign_in import issue_sign_in_link

    now = current_time()
    make_demo(now=now)
    tokens = {
        agent.name.split(" ")[0]: [issue_sign_in_link(agent=agent, now=now) for _ in range(2)]
        for agent in Agent.objects.all()
    }
    return {"tokens": tokens, "environment": dict(os.environ)}


if __name__ == "__main__":
    move_clock()
    django.setup(set_prefix=False)
    json.dump(seed(), sys.stdout)
