"""The inbox, a case and the search over 100,000 cases and a million messages, measured on the server side.

The pages are asked for through Django's test client, so everything but the network is in the figures: middleware,
session, queries, templates. Afterwards each kind of page is asked for once more under django-zeal, which fails on N+1.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from goodword.config.embedded import embedded_database

CASES = int(os.environ.get("BENCH_CASES", "100000"))
MESSAGES = int(os.environ.get("BENCH_MESSAGES", "1000000"))


def main() -> None:
    """Make the workspace, then measure in a process of its own; raises `SystemExit` above the figures to hold."""
    with tempfile.TemporaryDirectory(prefix="goodword-inbox-") as name:
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
            command = [sys.executable, "-m", "bench._inbox_pages", str(CASES), str(MESSAGES)]
            timed = subprocess.run(command, env=environment, check=False)
            watched = subprocess.run([*command, "--n-plus-one"], env=environment, check=False)
            if timed.returncode or watched.returncode:
                raise SystemExit("a page was too slow, or asked the database row by row")
