"""The one registry of actions. Key hints on buttons, the `?` help and the palette are all made from it.

An action is a visible button (or link) first: `{% action "assign" %}` marks the element, `{% key "assign" %}` shows its
key inside. A key press clicks the marked element; the few actions without one are handled in `ui/js`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Action:
    """Something an agent can do. `keys` is one key, two in a row ("g i"), or a chord ("Mod+Enter": Ctrl or ⌘)."""

    name: str
    label: str | Promise
    group: str | Promise
    keys: str = ""


_MOVE = _("Moving about")
_CASE = _("The case")
_WRITE = _("Writing")

ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action("next", _("Next case"), _MOVE, "j"),
        Action("previous", _("Previous case"), _MOVE, "k"),
        Action("open", _("Open the case"), _MOVE, "Enter"),
        Action("select", _("Select the case"), _MOVE, "x"),
        Action("show-new", _("Show what is new"), _MOVE, "."),
        Action("search", _("Search"), _MOVE, "/"),
        Action("panel", _("Customer panel"), _MOVE, "["),
        Action("go-inbox", _("Go to the inbox"), _MOVE, "g i"),
        Action("go-today", _("Go to today"), _MOVE, "g t"),
        Action("go-sources", _("Go to the sources"), _MOVE, "g s"),
        Action("go-reports", _("Go to the reports"), _MOVE, "g r"),
        Action("go-notices", _("Go to the notices"), _MOVE, "g n"),
        Action("go-listening", _("Go to listening"), _MOVE, "g l"),
        Action("go-mentions", _("Go to the mentions"), _MOVE, "g m"),
        Action("go-promises", _("Go to promises"), _MOVE, "g w"),
        Action("go-people", _("Go to customers"), _MOVE, "g p"),
        Action("palette", _("All actions"), _MOVE, "Mod+k"),
        Action("help", _("Keyboard shortcuts"), _MOVE, "?"),
        Action("reply", _("Reply"), _CASE, "r"),
        Action("note", _("Internal note"), _CASE, "n"),
        Action("assign", _("Assign"), _CASE, "a"),
        Action("resolve", _("Resolve"), _CASE, "e"),
        Action("reopen", _("Reopen"), _CASE),
        Action("snooze", _("Snooze"), _CASE, "h"),
        Action("label", _("Labels"), _CASE, "l"),
        Action("cause", _("Cause"), _CASE, "c"),
        Action("macros", _("Run a macro"), _CASE, "m"),
        Action("steps", _("Required steps"), _CASE, "t"),
        Action("priority", _("Priority"), _CASE),
        Action("unread", _("Mark as unread"), _CASE, "u"),
        Action("merge", _("Merge into another case"), _CASE),
        Action("split", _("Split into a new case"), _CASE),
        Action("send", _("Send"), _WRITE, "Mod+Enter"),
        Action("apologise", _("Own a mistake"), _WRITE),
        Action("better", _("Put the better words in"), _WRITE, "Mod+'"),
        Action("promise", _("Confirm the promise that was found"), _WRITE, "Mod+."),
        Action("undo", _("Undo"), _WRITE, "z"),
        Action("leave", _("Leave the composer"), _WRITE, "Escape"),
    )
}


def as_data() -> list[dict[str, str]]:
    """The registry for `ui/js/actions.js`, in the reader's language."""
    return [
        {"name": action.name, "label": str(action.label), "group": str(action.group), "keys": action.keys}
        for action in ACTIONS.values()
    ]
