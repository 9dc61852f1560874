"""Business time against a walker that looks at every minute: a million random cases over 20 zones and their changes.

python -m bench business_time
"""

from __future__ import annotations

import time
from itertools import islice

from goodword.staff.business_time import WorkingTime
from tests.staff.minute_walker import ZONES, Wall, calendars, differences

CASES = 1_000_000
CALENDARS = 20  # of each zone
DAYS = 4 * 365 + 1


def main() -> None:
    """Print how many cases differ, and how long the rule and the walker took."""
    each, wrong, seed = CASES // (len(ZONES) * CALENDARS), 0, 0
    started = time.monotonic()
    for zone in ZONES:
        wall = Wall(zone, days=DAYS)
        for calendar in islice(calendars(zone, DAYS, seed=0), CALENDARS):
            seed += 1
            wrong += differences(wall, calendar, each, seed=seed)
    spent = time.monotonic() - started
    print(f"{each * seed:,} cases over {len(ZONES)} zones: {wrong} differences (must 0), {spent:.0f} s in all")
    _speed(next(calendars("Europe/Berlin", DAYS, seed=1)))


def _speed(calendar: WorkingTime) -> None:
    wall = Wall("Europe/Berlin", days=60)
    started = time.process_time()
    for minute in range(50_000):
        calendar.between(wall.at(minute), wall.at(minute + 3 * 1440))
    print(f"three days at a time: {(time.process_time() - started) / 50_000 * 1e6:.1f} µs of processor time")


if __name__ == "__main__":
    main()
