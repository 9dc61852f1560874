"""A whole installation in one file: the database, the attachments, the key.

The file is a tar: `manifest.json` first, then `database.dump` (pg_dump's custom format), `secret_key` and `media/…`;
at last `contents.json`, the SHA-256 of each of them by its name, so that a file that was cut short is known as one.
It holds everything customers wrote and the key to all secrets; whoever has it has them.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

import goodword
from goodword.config.embedded import Database
from goodword.config.embedded.binaries import wheel_binaries

FORMAT = 1
_ENCRYPTED = {"require", "verify-ca", "verify-full"}  # of libpq's `sslmode`
_MANIFEST, _DUMP, _KEY, _MEDIA, _CONTENTS = "manifest.json", "database.dump", "secret_key", "media", "contents.json"


class ArchiveError(Exception):
    """The backup or the restore was not done; nothing half-done is left. The message says what to do."""


def write_archive(*, database: Database, home: Path, file: Path, now: datetime) -> None:
    """Back the installation up into `file`, while it runs. Attachments are read after the database that names them.

    Raises `ArchiveError`.
    """
    if file.exists():
        raise ArchiveError(f"{file} exists already: choose another name, or remove it.")
    try:
        # Beside the file, to take its place in one step; in a folder of its own, since another may be under way.
        with (
            tempfile.TemporaryDirectory(dir=home) as scratch,
            tempfile.TemporaryDirectory(dir=file.parent, prefix=f"{file.name}.") as beside,
        ):
            dump, unfinished = Path(scratch) / _DUMP, Path(beside) / file.name
            _run(database, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
            unfinished.touch(mode=0o600)
            _pack(unfinished, dump, home, now)
            unfinished.rename(file)
    except OSError as error:
        raise ArchiveError(f"{file} could not be written: {error}") from error


def _pack(file: Path, dump: Path, home: Path, now: datetime) -> None:
    # What a link leads to is packed, and a second name of the same file as a file of its own.
    with tarfile.open(file, "w", dereference=True) as archive:
        _add_json(archive, _MANIFEST, {"format": FORMAT, "version": goodword.__version__, "at": now.isoformat()})
        contents = {_DUMP: _add_file(archive, dump, _DUMP)}
        for path in [home / _KEY, *sorted((home / _MEDIA).rglob("*"))]:
            with suppress(FileNotFoundError):  # a file that was being written has its own name by now
                if path.is_file():
                    name = str(path.relative_to(home))
                    contents[name] = _add_file(archive, path, name)
        _add_json(archive, _CONTENTS, contents)


def _add_json(archive: tarfile.TarFile, name: str, said: Mapping[str, object]) -> None:
    text = json.dumps(said).encode()
    member = tarfile.TarInfo(name)
    member.size = len(text)
    archive.addfile(member, io.BytesIO(text))


def _add_file(archive: tarfile.TarFile, path: Path, name: str) -> str:
    """Pack a file, and give its digest."""
    member = archive.gettarinfo(path, name)
    with path.open("rb") as file:
        hashed = _Hashed(file)
        archive.addfile(member, hashed)
    return hashed.digest.hexdigest()


class _Hashed(io.RawIOBase):
    """A file that is read once, to pack it and to know its digest: of the bytes that went into the tar."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk


def restore_archive(*, database: Database, home: Path, file: Path) -> bool:
    """Bring a backup back into an empty installation; whether its key came with it.

    Raises `ArchiveError`, and then has changed nothing.
    """
    media = home / _MEDIA
    if _has_tables(database) or (media.is_dir() and any(media.iterdir())):
        raise ArchiveError(f"{home} is not empty: restore into a new folder, by GOODWORD_HOME, or an empty database.")
    try:
        with tarfile.open(file) as archive, tempfile.TemporaryDirectory(dir=home) as scratch:
            _refuse_newer(archive)
            unpacked = Path(scratch)
            (unpacked / _MEDIA).mkdir(mode=0o700)
            found = {
                member.name: _unpack(archive, member, unpacked)
                for member in archive
                if member.isfile() and _belongs(member.name)
            }
            _refuse_incomplete(archive, found, file)
            dump = str(unpacked / _DUMP)
            _run(database, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", dump)
            _move_in(unpacked, home)
            return _KEY in found
    except (OSError, tarfile.TarError, LookupError, TypeError, ValueError) as error:
        raise ArchiveError(f"{file} cannot be read: {error}. It is no backup of Goodword, or was cut short.") from error


def _has_tables(database: Database) -> bool:
    with psycopg.connect(database.url) as connection:
        row = connection.execute("SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema())").fetchone()
    return row == (True,)


def _refuse_newer(archive: tarfile.TarFile) -> None:
    manifest = json.loads(_content(archive, archive.getmember(_MANIFEST)).read())
    if manifest["format"] > FORMAT or _parts(manifest["version"]) > _parts(goodword.__version__):
        raise ArchiveError(
            f"The backup was made by Goodword {manifest['version']}, and this is {goodword.__version__}: "
            "install that release, or a later one."
        )


def _refuse_incomplete(archive: tarfile.TarFile, found: Mapping[str, str], file: Path) -> None:
    """Hold the digests that were `found` against those of the last member."""
    if _CONTENTS not in archive.getnames():
        raise ArchiveError(f"{file} was cut short: its end is missing. Copy it again, or take an earlier backup.")
    packed = json.loads(_content(archive, archive.getmember(_CONTENTS)).read())
    if _DUMP not in packed:
        raise ArchiveError(f"{file} holds no database: it is no backup of Goodword.")
    wrong = sorted(name for name in packed.keys() | found.keys() if packed.get(name) != found.get(name))
    if wrong:
        raise ArchiveError(
            f"{file} is damaged: {len(wrong)} of its {len(packed)} files are not as they were packed, the first being "
            f"{wrong[0]}. Copy it again, or take an earlier backup."
        )


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _belongs(name: str) -> bool:
    """Whether this is one of the names we write; a forged archive may hold any."""
    path = PurePosixPath(name)
    return name in {_DUMP, _KEY} or (path.parts[:1] == (_MEDIA,) and ".." not in path.parts)


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    """Write a file, and give its digest."""
    target = folder / member.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    hashed = _Hashed(_content(archive, member))
    with target.open("xb") as out:
        target.chmod(0o600)
        shutil.copyfileobj(hashed, out)
    return hashed.digest.hexdigest()


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(member)
    if content is None:
        raise ArchiveError(f"{member.name} in the backup is no file.")
    return content


def _move_in(unpacked: Path, home: Path) -> None:
    """Put key and attachments in place, after the database: without it they would make the folder look used."""
    for name in (_KEY, _MEDIA):
        if (unpacked / name).exists():
            if name == _MEDIA and (home / name).is_dir():
                (home / name).rmdir()
            (unpacked / name).replace(home / name)


def _run(database: Database, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the database. A password goes by the environment, not for all to see."""
    parts = conninfo_to_dict(database.url)
    password = str(parts.pop("password", ""))
    command = [
        _program(program, encrypted=parts.get("sslmode") in _ENCRYPTED),
        *arguments,
        f"--dbname={make_conninfo('', **parts)}",
    ]
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ArchiveError(f"{program} failed: {done.stderr.strip()}")


def _program(name: str, *, encrypted: bool) -> str:
    """Ours, which is as new as any server; but it was built without TLS, so that needs the machine's own."""
    if not encrypted:
        return str(wheel_binaries() / name)
    if installed := shutil.which(name):
        return installed
    raise ArchiveError(f"An encrypted connection needs {name} of your system: apt-get install postgresql-client")
