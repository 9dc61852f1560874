"""Figures of the language room, side by side in one run. `GOODWORD_SHARED` names the folder with the recorded data."""

from __future__ import annotations

import os


def main() -> None:
    """Print all tables; what needs recorded data is skipped by name without it."""
    from bench.language import bursts, calibration, matching, reading

    matching.main()
    bursts.main()
    if os.environ.get("GOODWORD_SHARED"):
        reading.main()
        calibration.main()
    else:
        print("skipped: reading; GOODWORD_SHARED names no folder with recorded data")
