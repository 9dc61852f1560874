"""The product as a bench starts it: `goodword up` on a folder of its own, at a port of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from goodword.config.embedded import server
from goodword.config.embedded.cluster import cluster_in


@dataclass(frozen=True)
class Product:
    """A product that runs. `address` has no slash at its end; `sign_in` is good once."""

    process: subprocess.Popen[str]
    home: Path
    address: str
    sign_in: str
    seconds_to_ready: float


@contextmanager
def state_folder() -> Iterator[Path]:
    """An empty state folder that the database's account may pass through, removed afterwards."""
    home = Path(tempfile.mkdtemp(prefix="goodword-bench-"))
    home.chmod(0o711)
    try:
        yield home
    finally:
        server.stop(cluster_in(home))
        shutil.rmtree(home)


@contextmanager
def product(home: Path, **more: str) -> Iterator[Product]:
    """Start it, wait until it says that it is ready, and stop it afterwards. `more`: settings beside its folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GOODWORD_")}
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "goodword", "up"],
        env={**kept, "GOODWORD_HOME": str(home), "GOODWORD_PORT": "0", **more},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = sign_in = ""
    try:
        for line in process.stdout:
            if line.startswith("Ready"):
                ready, address = time.monotonic() - started, line.split()[-1]
            elif line.strip().startswith("http"):
                sign_in = line.strip()
            elif line.startswith("Ctrl-C"):
                break
        else:
            sys.exit("The product did not start.")
        yield Product(process, home, address, sign_in, ready)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
