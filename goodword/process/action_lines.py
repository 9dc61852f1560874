"""The lines in a case's activity about what rules, macros and approvals did, and which steps were done."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from goodword.care.activity import Data, Names, Sentence
from goodword.process.read_actions import told


def _lifted(who: str, data: Data, names: Names) -> str:
    return _("%(who)s said that replies need no approval any more") % {"who": who}


def _ran(who: str, data: Data, names: Names) -> str:
    did = ", ".join(told(do, name) for do, name in data["did"])
    return _("%(who)s ran “%(macro)s”: %(did)s") % {"who": who, "macro": data["macro"], "did": did}


def _undone(who: str, data: Data, names: Names) -> str:
    return _("%(who)s took “%(macro)s” back") % {"who": who, "macro": data["macro"]}


def _approved(who: str, data: Data, names: Names) -> str:
    return _("%(who)s approved the reply") % {"who": who}


def _sent_back(who: str, data: Data, names: Names) -> str:
    return _("%(who)s sent the reply back: “%(reason)s”") % {"who": who, "reason": data["reason"]}


def _applied(who: str, data: Data, names: Names) -> str:
    did = ", ".join(told(do, name) for do, name in data["did"])
    return _("Rule “%(rule)s”: %(did)s") % {"rule": data["rule"], "did": did}


def _failed(who: str, data: Data, names: Names) -> str:
    return _("Rule “%(rule)s” could not do what it says: %(fault)s") % {"rule": data["rule"], "fault": data["fault"]}


def _steps_changed(who: str, data: Data, names: Names) -> str:
    done, undone = ", ".join(data["done"]), ", ".join(data["undone"])
    lines = []
    if done:
        lines.append(_("%(who)s did what is required: %(what)s") % {"who": who, "what": done})
    if undone:
        lines.append(_("%(who)s took back that it is done: %(what)s") % {"who": who, "what": undone})
    return " · ".join(lines)


ACTION_LINES: Mapping[str, Sentence] = {
    "HoldLifted": _lifted,
    "MacroRan": _ran,
    "MacroUndone": _undone,
    "ReplyApproved": _approved,
    "ReplySentBack": _sent_back,
    "RuleApplied": _applied,
    "RuleFailed": _failed,
    "StepsChanged": _steps_changed,
}
