"""An agent says how they like to work."""

from __future__ import annotations

from goodword.staff.models import Agent


def set_preferences(*, agent: Agent, name: str, theme: str, language: str, single_keys: bool) -> Agent:
    """Keep what an agent chose for themselves; it was checked where it was entered."""
    agent.name, agent.theme, agent.language, agent.single_keys = name, theme, language, single_keys
    agent.save(update_fields=["name", "theme", "language", "single_keys"])
    return agent
