"""`goodword user`, `backup` and `doctor` as they are called, on an installation of their own.

Those that are only about people have a database that runs already: starting one for each command takes longer than all
the rest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.postgres import copy_database

Run = Callable[..., subprocess.CompletedProcess[str]]


@contextmanager
def _installation(**settings: str) -> Iterator[Run]:
    home = Path(tempfile.mkdtemp(prefix="goodword-cli-"))
    home.chmod(0o711)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GOODWORD_")}

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "goodword", *arguments],
            env={**kept, "GOODWORD_HOME": str(home), **settings, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    yield run
    shutil.rmtree(home)


@pytest.fixture(scope="module")
def goodword() -> Iterator[Run]:
    """With the embedded database, which each command starts and stops."""
    with _installation() as run:
        yield run


@pytest.fixture(scope="module")
def running_goodword() -> Iterator[Run]:
    """With a database that runs."""
    with _installation(GOODWORD_DATABASE_URL=copy_database(f"commands_{uuid4().hex}")) as run:
        yield run


def test_the_doctor_finds_nothing_to_mend_on_a_machine_where_nothing_ran_yet(goodword: Run) -> None:
    answer = goodword("doctor", "--port", "0")
    assert answer.returncode == 0, answer.stdout
    assert "PostgreSQL 18, embedded" in answer.stdout


def test_people_are_added_listed_and_let_in(running_goodword: Run) -> None:
    added = running_goodword("user", "add", "Ada@Example.com", "--role", "admin", "--workspace", "Harbour Ferries")
    assert added.returncode == 0, added.stderr
    assert "ada@example.com is admin in harbour-ferries" in added.stdout
    assert "http://" in added.stdout
    assert running_goodword("user", "list").stdout == "ada@example.com\tadmin\tharbour-ferries\n"

    assert running_goodword("user", "add", "ada@example.com", "--role", "viewer").returncode == 0
    assert running_goodword("user", "list").stdout == "ada@example.com\tviewer\tharbour-ferries\n"

    first, second = (running_goodword("user", "link", "ADA@example.com").stdout for _ in range(2))
    assert "http://" in first
    assert first != second


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("add", "no address"), "is not an e-mail address"),
        (("add", "bo@example.com", "--workspace", "nowhere"), "no workspace 'nowhere'"),
        (("link", "stranger@example.com"), "user list"),
        (("password", "ada@example.com", "--password", "12345"), "too short"),
    ],
)
def test_what_cannot_be_done_is_said(running_goodword: Run, arguments: tuple[str, ...], complaint: str) -> None:
    running_goodword("user", "add", "ada@example.com", "--workspace", "harbour-ferries")
    answer = running_goodword("user", *arguments)
    assert answer.returncode == 1
    assert complaint in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_doctor_says_what_to_mend(goodword: Run, tmp_path: Path) -> None:
    away = {"GOODWORD_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "GOODWORD_VIRUS_SCANNER": "/nowhere"}
    lost = goodword("doctor", "--port", "0", **away)
    assert lost.returncode == 1
    assert "MEND Database" in lost.stdout
    assert "MEND Virus scanner" in lost.stdout

    (tmp_path / "secret_key").write_text("read by all")
    (tmp_path / "secret_key").chmod(0o644)
    exposed = goodword("doctor", "--port", "0", GOODWORD_HOME=str(tmp_path))
    assert f"chmod go-rwx {tmp_path / 'secret_key'}" in exposed.stdout

    (tmp_path / "file").touch()
    nowhere = goodword("doctor", "--port", "0", GOODWORD_HOME=str(tmp_path / "file" / "home"))
    assert nowhere.returncode == 1
    assert "Set GOODWORD_HOME" in nowhere.stdout
    assert "Traceback" not in nowhere.stderr
    at_all = goodword("user", "list", GOODWORD_HOME=str(tmp_path / "file"))
    said = f"Error: {tmp_path / 'file'}: File exists. `goodword doctor` says more.\n"
    assert (at_all.returncode, at_all.stderr) == (1, said)


def test_a_backup_is_restored_by_two_commands(goodword: Run, tmp_path: Path) -> None:
    goodword("user", "add", "ada@example.com", "--workspace", "harbour-ferries")
    file, home = tmp_path / "backup.tar", Path(tempfile.mkdtemp(prefix="goodword-restored-"))
    home.chmod(0o711)
    try:
        assert goodword("backup", str(file)).returncode == 0
        restored = goodword("restore", str(file), GOODWORD_HOME=str(home))
        assert (restored.returncode, restored.stdout.count("\n"), restored.stderr) == (0, 1, "")
        assert goodword("user", "list", GOODWORD_HOME=str(home)).stdout == goodword("user", "list").stdout
        again = goodword("restore", str(file), GOODWORD_HOME=str(home))
        assert (again.returncode, "is not empty" in again.stderr) == (1, True)
    finally:
        shutil.rmtree(home)


def test_another_brand_gets_a_workspace_of_its_own(running_goodword: Run) -> None:
    running_goodword("user", "add", "ada@example.com", "--workspace", "harbour-ferries")
    names = [running_goodword("workspace", "add", name).stdout.strip() for name in ("Tern & Co", "Tern Co", "☂")]
    assert names == ["tern-co", "tern-co-2", "workspace"]
    listed = running_goodword("workspace", "list").stdout.splitlines()
    assert "tern-co-2\tTern Co" in listed
    assert running_goodword("user", "add", "bo@example.com", "--workspace", "tern-co-2").returncode == 0
    known = running_goodword("user", "add", "ada@example.com", "--workspace", "tern-co-2")
    assert "Known in another workspace: they are signed out everywhere" in known.stdout
    refused = running_goodword("user", "add", "cy@example.com")
    assert "several workspaces: choose one of" in refused.stderr
    assert "name is empty" in running_goodword("workspace", "add", " ").stderr
