"""A connector outside of the tree: found by its entry point, tried by the suite as a plugin, simulated."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "guestbook"


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """An environment in which the example is installed: its code, and the metadata that an installer writes."""
    metadata = tmp_path / "goodword_guestbook-0.1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.4\nName: goodword-guestbook\nVersion: 0.1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[goodword.connectors]\nguestbook = goodword_guestbook.connector:Guestbook\n"
    )
    path = os.pathsep.join([str(tmp_path), str(EXAMPLE), str(EXAMPLE.parents[1])])
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=EXAMPLE,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_it_keeps_the_contract(installed: dict[str, str]) -> None:
    tried = run(installed, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:django", "-p", "no:xdist")
    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert "15 passed" in tried.stdout


def test_it_is_found_and_has_a_twin(installed: dict[str, str]) -> None:
    asked = "from goodword.connectors.twins.finding import simulated; print(*simulated())"
    found = run(installed, "-c", asked)
    assert "guestbook" in found.stdout.split(), found.stderr
