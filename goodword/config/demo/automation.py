"""What Harbour lets happen by itself, what it requires, and what its agents do by one key."""

from __future__ import annotations

from datetime import datetime

from goodword.care.label import named_label
from goodword.process.read_actions import WrittenAction
from goodword.process.rules.condition import Condition
from goodword.process.write_macros import WrittenMacro, save_macro
from goodword.process.write_rules import WrittenRule, save_rule, switch_rule
from goodword.process.write_steps import WrittenStep, save_step
from goodword.staff.models import Agent, Team, Workspace

HURT = ("burn", "rash", "smoke", "hospital")


def automate(*, workspace: Workspace, by: Agent, now: datetime) -> None:
    """A rule for who may be hurt, one that waits to be switched on, what has to be done for the hurt, and a macro."""
    safety = Team.objects.of(workspace).order_by("-name").first()  # the product safety team
    to_safety = [WrittenAction(f"team:{safety.pk}")] if safety else []
    hurt = WrittenRule(
        name="Somebody may be hurt",
        when="opened",
        condition=Condition(words=HURT),
        actions=[WrittenAction("priority:4"), *to_safety, WrittenAction("tell:leads", "Look now: hurt, perhaps")],
    )
    switch_rule(rule=save_rule(workspace=workspace, written=hurt, by=by, now=now), on=True, by=by, now=now)
    again = named_label(workspace_id=workspace.pk, name="not solved")
    disputed = WrittenRule(
        name="Not solved after all",
        when="disputed",
        actions=[WrittenAction("priority:3"), WrittenAction(f"add_label:{again.pk}")],
    )
    save_rule(workspace=workspace, written=disputed, by=by, now=now)
    law = WrittenRule(
        name="Lawyers",
        when="opened",
        condition=Condition(words=("lawyer", "court", "sue you")),
        actions=[WrittenAction("hold", "Law: somebody else reads it before it goes out")],
    )
    switch_rule(rule=save_rule(workspace=workspace, written=law, by=by, now=now), on=True, by=by, now=now)
    for name, kind in (("Call them back", "call"), ("Product safety has it on file", "check")):
        step = WrittenStep(name=name, kind=kind, condition=Condition(words=HURT))
        save_step(workspace=workspace, written=step, by=by, now=now)
    to_bank = named_label(workspace_id=workspace.pk, name="with the bank")
    refund = WrittenMacro(
        name="Refund is on its way",
        key=1,
        actions=[
            WrittenAction(f"add_label:{to_bank.pk}"),
            WrittenAction("note", "Refund sent; the bank shows it in three to five working days."),
            WrittenAction("snooze", "3 d"),
        ],
    )
    hurt_too = WrittenMacro(
        name="Product safety calls them",
        key=2,
        actions=[
            WrittenAction("priority:4"),
            *to_safety,
            WrittenAction("note", "Product safety calls them now; nobody writes before they have."),
        ],
    )
    for macro in (refund, hurt_too):
        save_macro(workspace=workspace, written=macro, by=by, now=now)
