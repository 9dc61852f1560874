"""What reading due words goes by, and how it fails."""

from __future__ import annotations

from datetime import time
from typing import Final, NamedTuple


def gettext_noop(message: str) -> str:
    """Marks a sentence for translation, without these rules knowing of any language."""
    return message


class BadDue(ValueError):
    """Due words that stand for no moment there is. The message says why, and what to write instead; a page translates
    `template` and fills in `values`."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


class WorkingDay(NamedTuple):
    """When a working day begins and ends, local time."""

    start: time = time(9)
    end: time = time(17)


NINE_TO_FIVE: Final = WorkingDay()
