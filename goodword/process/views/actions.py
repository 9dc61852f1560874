"""Actions of a rule or a macro, as a form asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from goodword.process.read_actions import LONGEST_WORDS, MOST, WrittenAction

_MORE = 3  # rows to write in, beside those there are
_BLANK = WrittenAction("")


def action_rows(actions: Sequence[WrittenAction], problems: Mapping[str, str]) -> list[dict[str, Any]]:
    """For `process/_actions.html`: those there are, and some more to write."""
    shown = [*actions, *[_BLANK] * _MORE][: max(MOST, len(actions))]
    return [{"n": n, "action": each, "error": problems.get(f"action-{n}", "")} for n, each in enumerate(shown)]


def typed_actions(given: QueryDict) -> list[WrittenAction]:
    """What was chosen, at the places where it stood, so that an error stands there too."""
    return [
        WrittenAction(given.get(f"action-{n}", "")[:40], given.get(f"action-{n}-words", "")[: LONGEST_WORDS + 1])
        for n in range(MOST)
    ]
