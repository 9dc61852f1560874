"""The product with another time: `python -m tests.browser.week_clock web --port 8000` is `goodword web`, at the moment
that the file named by STORY_CLOCK says. From there its clock goes on by itself.

Only `kernel.clock` is asked what time it is, so that it alone is moved. The story lies in the past: what the database
compares with its own clock is due.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE = "STORY_CLOCK"


def set_story(moment: datetime) -> None:
    """It is this moment now."""
    behind = datetime.now(UTC) - moment
    file = Path(os.environ[FILE])
    fresh = file.with_suffix(".new")
    fresh.write_text(str(behind.total_seconds()))
    fresh.replace(file)  # nobody reads half of it


class StoryTime(datetime):
    """Stands where `kernel.clock` has `datetime`."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # asked for UTC only
        behind = timedelta(seconds=float(Path(os.environ[FILE]).read_text()))
        return datetime.now(UTC) - behind


def move_clock() -> None:
    """From now on this process lives in the story."""
    from goodword.kernel import clock

    clock.datetime = StoryTime  # type: ignore[misc]


if __name__ == "__main__":
    move_clock()
    from goodword.config.cli import main

    main(prog_name="goodword")
