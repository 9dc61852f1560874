from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodword.config.embedded import server
from goodword.config.embedded.cluster import cluster_in


@pytest.fixture
def home() -> Iterator[Path]:
    """A state folder of its own, which the server's account may pass through; whatever a test leaves is stopped."""
    folder = Path(tempfile.mkdtemp(prefix="goodword-embedded-"))
    folder.chmod(0o711)
    yield folder
    if (folder / "postgres").is_dir():
        server.stop(cluster_in(folder))
    shutil.rmtree(folder)
