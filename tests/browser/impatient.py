"""The product in a hurry: `python -m tests.browser.impatient worker` is `goodword worker`, whose connectors ask again
after a few seconds where they would rest for a minute. How long they rest is tried with each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

LONGEST_REST = timedelta(seconds=4)  # simulated networks keep to the limits of real ones


def hurry() -> None:
    """From now on, in this process and those it forks; before any connector is loaded."""
    from goodword.connectors.over_http import resting

    rest = resting.rest

    def short_rest(wait: timedelta, stop: Callable[[], bool]) -> Iterator[None]:
        return rest(min(wait, LONGEST_REST), stop)

    resting.rest = short_rest


if __name__ == "__main__":
    hurry()
    from goodword.config.cli import main

    main(prog_name="goodword")
