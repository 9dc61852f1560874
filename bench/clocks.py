"""Deadlines of 100,000 open cases: what a tick costs, and how late warnings are while a worker runs.

python -m bench clocks
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from goodword.config.embedded import embedded_database

CASES = int(os.environ.get("BENCH_CASES", "100000"))


def main() -> None:
    """Make the cases, then measure in a process of its own; raises `SystemExit` beyond the figures to hold."""
    with tempfile.TemporaryDirectory(prefix="goodword-clocks-") as name:
        home = Path(name)
        home.chmod(0o711)
        with embedded_database(home) as database:
            environment = os.environ | {
                "GOODWORD_HOME": str(home),
                "GOODWORD_DATABASE_URL": database.url,
                "GOODWORD_PLAIN_STATIC": "1",
                "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
            }
            subprocess.run(
                [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"], env=environment, check=True
            )
            done = subprocess.run([sys.executable, "-m", "bench._clocks", str(CASES)], env=environment, check=False)
            if done.returncode:
                raise SystemExit("a tick was too slow, or a warning too late")


if __name__ == "__main__":
    main()
