"""The flow of facts as a page: who announces what, and who reacts to it. `goodword flow` prints it."""

from __future__ import annotations

from goodword.kernel.facts import Fact, reactions

HEAD = """# Flow: facts and the reactions to them

Made by `goodword flow > docs/flow.md`; a test keeps it fresh. A fact that nobody reacts to still
stands in the timeline, the audit trail and the live updates.

| Room | Fact | What happened | Reactions |
|---|---|---|---|
"""


def flow() -> str:
    """The page. Every reaction is registered when Django starts."""
    reacting = reactions()
    lines = []
    for fact in sorted(_facts(Fact), key=lambda fact: (_room(fact), fact.__name__)):
        said = " ".join((fact.__doc__ or "").split())
        who = ", ".join(f"`{name}`" for name in reacting.get(fact.__name__, [])) or "–"
        lines.append(f"| {_room(fact)} | `{fact.__name__}` | {said} | {who} |")
    return HEAD + "\n".join(lines) + "\n"


def _room(fact: type[Fact]) -> str:
    return fact.__module__.split(".")[1]


def _facts(base: type[Fact]) -> list[type[Fact]]:
    """Facts that are announced: the leaves of the tree, not the bases that rooms build theirs on."""
    below = [fact for fact in base.__subclasses__() if fact.__module__.startswith("goodword.")]  # not those of tests
    return [base] if not below else [fact for child in below for fact in _facts(child)]
