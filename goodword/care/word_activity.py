"""The lines about our word in a case's activity: what was promised, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from goodword.honesty.flags import FLAGS

if TYPE_CHECKING:
    from goodword.care.activity import Names

Data = Mapping[str, Any]
Line = Callable[[str, Data, "Names"], str]

_WORDS = 90  # characters of a promise that a line shows


def _about_promise(template: Callable[[], str]) -> Line:
    def line(who: str, data: Data, names: Names) -> str:
        words = Truncator(names.promises.get(data["promise_id"], "…")).chars(_WORDS)
        return template() % {"who": who, "words": words, "due": _moment(data.get("due_at"))}

    return line


def _moment(given: str | None) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(given)), "j M, H:i") if given else ""


def _kept(who: str, data: Data, names: Names) -> str:
    if data["late"]:
        return _about_promise(lambda: _("%(who)s kept a promise, late: “%(words)s”"))(who, data, names)
    return _about_promise(lambda: _("%(who)s kept a promise: “%(words)s”"))(who, data, names)


def _sent_over(who: str, data: Data, names: Names) -> str:
    flags = ", ".join(str(FLAGS[flag].label) for flag in data["flags"] if flag in FLAGS)
    return _("%(who)s sent it all the same (%(flags)s): “%(reason)s”") % {
        "who": who,
        "flags": flags,
        "reason": data["reason"],
    }


def _make_good(who: str, data: Data, names: Names) -> str:
    line = {
        "waiting": _("%(who)s asked a lead whether to give %(what)s"),
        "approved": _("%(who)s approved to give %(what)s"),
        "given": _("%(who)s gave %(what)s"),
        "refused": _("%(who)s refused to give %(what)s"),
        "withdrawn": _("%(who)s won't give %(what)s after all"),
    }[data["state"]]
    return line % {"who": who, "what": data["what"]}


WORD_LINES: dict[str, Line] = {
    "HonestyOverridden": _sent_over,
    "MakeGoodChanged": _make_good,
    "PromiseBroken": _about_promise(lambda: _("A promise was not kept in time: “%(words)s”")),
    "PromiseKept": _kept,
    "PromiseKeepingTakenBack": _about_promise(lambda: _("%(who)s said that it is not kept: “%(words)s”")),
    "PromiseMade": _about_promise(lambda: _("%(who)s promised “%(words)s”, due %(due)s")),
    "PromiseRenegotiated": _about_promise(
        lambda: _("%(who)s agreed on another time for “%(words)s”: it is due %(due)s")
    ),
    "PromiseReminded": _about_promise(lambda: _("A promise falls due soon: “%(words)s”; its owner was told")),
    "PromiseWithdrawn": _about_promise(lambda: _("The reply did not arrive, and its promise is none: “%(words)s”")),
}
