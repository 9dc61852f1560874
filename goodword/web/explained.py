"""A search as people read it, in their language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from goodword.language.searches import Search, conditions
from goodword.language.searches.explainer import Condition, Wording


@dataclass(frozen=True, slots=True)
class Line:
    """A condition in words, and what belongs below it. `negated`: it must not hold."""

    text: str
    parts: Sequence[Line] = ()
    negated: bool = False

    @property
    def is_list(self) -> bool:
        """Whether its parts are plain conditions, which can stand beside each other."""
        return not any(part.parts or part.negated for part in self.parts)


def explained(search: Search) -> Line:
    """The whole search."""
    return _line(conditions(search))


def _line(condition: Condition) -> Line:
    parts = [_line(part) for part in condition.parts]
    return Line(condition.said(_translated), parts, condition.negated)


def _translated(wording: Wording) -> str:
    if not wording.plural:
        return gettext(wording.template)
    return ngettext(wording.template, wording.plural, int(wording.values["n"]))
