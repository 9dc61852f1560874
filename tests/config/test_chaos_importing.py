"""A few of the kills of `python -m bench chaos_importing`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.chaos_importing import torment


@pytest.fixture
def home() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="goodword-chaos-"))
    made.chmod(0o711)  # as root, the server runs under another account
    yield made
    shutil.rmtree(made)


def test_an_import_that_is_killed_and_begun_again_loses_nothing_and_doubles_nothing(home: Path) -> None:
    outcome = torment(home, conversations=120, kills=3, seed=5, share_of_postgres=0.4)
    assert outcome.kills_of_importer + outcome.kills_of_postgres == 3
    assert outcome.troubles == []
