from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from goodword.config.archive import ArchiveError, restore_archive, write_archive
from goodword.config.embedded import Database

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def new_database() -> Iterator[Callable[[], Database]]:
    """Makes empty databases on the server of this test session."""
    server = os.environ["GOODWORD_DATABASE_URL"]
    made: list[str] = []

    def make() -> Database:
        made.append(f"archive_{uuid4().hex}")
        with psycopg.connect(make_conninfo(server, dbname="postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(made[-1])))
        return Database(make_conninfo(server, dbname=made[-1]))

    yield make
    with psycopg.connect(make_conninfo(server, dbname="postgres"), autocommit=True) as connection:
        for name in made:
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


@pytest.fixture
def filled(new_database: Callable[[], Database], tmp_path: Path) -> tuple[Database, Path]:
    """An installation with rows, a sequence, a constraint, attachments and a key."""
    database, home = new_database(), tmp_path / "filled"
    (home / "media" / "ab").mkdir(parents=True)
    (home / "media" / "ab" / "cdef").write_bytes(bytes(range(256)))
    (home / "secret_key").write_text("the key")
    (home / "secret_key").chmod(0o600)
    with psycopg.connect(database.url) as connection:
        connection.execute("CREATE TABLE said (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text UNIQUE)")
        connection.execute("INSERT INTO said (text) VALUES (%s), (%s)", ["naïve \t line\nbreak 🙈 \\N", ""])
    return database, home


def rows(database: Database) -> list[tuple[object, ...]]:
    with psycopg.connect(database.url) as connection:
        return connection.execute("SELECT id, text FROM said ORDER BY id").fetchall()


def test_a_backup_brings_everything_back(
    filled: tuple[Database, Path], new_database: Callable[[], Database], tmp_path: Path
) -> None:
    database, home = filled
    file, empty, other = tmp_path / "backup.tar", new_database(), tmp_path / "other"
    other.mkdir()
    write_archive(database=database, home=home, file=file, now=NOW)
    restore_archive(database=empty, home=other, file=file)
    assert rows(empty) == rows(database)
    with psycopg.connect(empty.url) as connection:
        assert connection.execute("INSERT INTO said (text) VALUES ('new') RETURNING id").fetchone() == (3,)
    assert (other / "media" / "ab" / "cdef").read_bytes() == bytes(range(256))
    assert (other / "secret_key").read_text() == "the key"
    assert [path.stat().st_mode & 0o077 for path in (file, other / "secret_key", other / "media")] == [0, 0, 0]
    assert sorted(path.name for path in other.iterdir()) == ["media", "secret_key"]


def test_nothing_is_overwritten(
    filled: tuple[Database, Path], new_database: Callable[[], Database], tmp_path: Path
) -> None:
    database, home = filled
    file = tmp_path / "backup.tar"
    write_archive(database=database, home=home, file=file, now=NOW)
    with pytest.raises(ArchiveError, match="exists already"):
        write_archive(database=database, home=home, file=file, now=NOW)
    with pytest.raises(ArchiveError, match="is not empty"):
        restore_archive(database=database, home=tmp_path, file=file)
    with pytest.raises(ArchiveError, match="is not empty"):
        restore_archive(database=new_database(), home=home, file=file)


def test_two_backups_at_once_dont_touch_each_other(filled: tuple[Database, Path], tmp_path: Path) -> None:
    database, home = filled
    left = tmp_path / "backup.tar.partial"  # of one that was killed, or that is still under way
    left.write_bytes(b"half")
    write_archive(database=database, home=home, file=tmp_path / "backup.tar", now=NOW)
    assert tarfile.is_tarfile(tmp_path / "backup.tar")
    assert left.read_bytes() == b"half"


def test_a_file_that_goes_meanwhile_spoils_no_backup(
    filled: tuple[Database, Path],
    new_database: Callable[[], Database],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database, home = filled
    unfinished, file = home / "media" / "ab" / "unfinished", tmp_path / "backup.tar"
    unfinished.write_bytes(b"half")
    look_at = tarfile.TarFile.gettarinfo

    def too_late(archive: tarfile.TarFile, name: Path, arcname: str) -> tarfile.TarInfo:
        if Path(name) == unfinished:
            unfinished.unlink()
        return look_at(archive, name, arcname)

    monkeypatch.setattr(tarfile.TarFile, "gettarinfo", too_late)
    write_archive(database=database, home=home, file=file, now=NOW)
    restore_archive(database=new_database(), home=tmp_path, file=file)
    assert [path.name for path in (tmp_path / "media").rglob("*")] == ["ab", "cdef"]


def forged(path: Path, **members: bytes) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name.replace("__", "/"))
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def manifest(version: str = "0.0.1") -> bytes:
    return json.dumps({"format": 1, "version": version}).encode()


def complete(dump: bytes) -> dict[str, bytes]:
    contents = {"database.dump": hashlib.sha256(dump).hexdigest()}
    return {"manifest.json": manifest(), "database.dump": dump, "contents.json": json.dumps(contents).encode()}


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda path: path.write_bytes(b"not a tar"), "no backup of Goodword"),
        (lambda path: forged(path, other=b""), "no backup of Goodword"),
        (lambda path: forged(path, **{"manifest.json": manifest()}), "was cut short: its end is missing"),
        (lambda path: forged(path, **{"manifest.json": manifest(), "contents.json": b"{}"}), "holds no database"),
        (lambda path: forged(path, **{"manifest.json": manifest("999.0.0")}), "made by Goodword 999.0.0"),
        (lambda path: forged(path, **complete(b"x")), "pg_restore failed"),
        (lambda path: forged(path, **{"manifest.json": b"[]"}), "no backup of Goodword"),
        (lambda path: forged(path, **{"manifest.json": b'{"format": "1"}'}), "no backup of Goodword"),
        (lambda path: forged(path, **{"manifest.json": manifest(), "": b"x"}), "no backup|was cut short"),
    ],
)
def test_what_is_no_backup_is_refused_and_changes_nothing(
    make: Callable[[Path], object], complaint: str, new_database: Callable[[], Database], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    make(tmp_path / "file.tar")
    with pytest.raises(ArchiveError, match=complaint):
        restore_archive(database=new_database(), home=home, file=tmp_path / "file.tar")
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("lost", ["secret_key", "media/ab/cdef", "contents.json"])
def test_a_backup_that_lost_a_part_is_refused(
    lost: str, filled: tuple[Database, Path], new_database: Callable[[], Database], tmp_path: Path
) -> None:
    database, home = filled
    whole, cut, other, empty = tmp_path / "whole.tar", tmp_path / "cut.tar", tmp_path / "other", new_database()
    other.mkdir()
    write_archive(database=database, home=home, file=whole, now=NOW)
    with tarfile.open(whole) as archive, tarfile.open(cut, "w") as left:
        for member in archive:
            if member.name != lost:
                left.addfile(member, archive.extractfile(member))
    with pytest.raises(ArchiveError, match="was cut short" if lost == "contents.json" else f"is damaged: .*{lost}"):
        restore_archive(database=empty, home=other, file=cut)
    assert list(other.iterdir()) == []
    restore_archive(database=empty, home=other, file=whole)  # the database, too, was as it had been


def test_a_changed_byte_of_an_attachment_is_noticed(
    filled: tuple[Database, Path], new_database: Callable[[], Database], tmp_path: Path
) -> None:
    database, home = filled
    file = tmp_path / "backup.tar"
    write_archive(database=database, home=home, file=file, now=NOW)
    file.write_bytes(file.read_bytes().replace(bytes(range(256)), bytes([9, *range(1, 256)])))
    with pytest.raises(ArchiveError, match=r"1 of its 3 files .* media/ab/cdef"):
        restore_archive(database=new_database(), home=tmp_path, file=file)


def test_what_links_lead_to_is_packed(
    filled: tuple[Database, Path], new_database: Callable[[], Database], tmp_path: Path
) -> None:
    database, home = filled
    file, other = tmp_path / "backup.tar", tmp_path / "other"
    other.mkdir()
    (home / "secret_key").rename(tmp_path / "kept_apart")
    (home / "secret_key").symlink_to(tmp_path / "kept_apart")
    (home / "media" / "ab" / "same").hardlink_to(home / "media" / "ab" / "cdef")
    write_archive(database=database, home=home, file=file, now=NOW)
    assert restore_archive(database=new_database(), home=other, file=file)
    assert (other / "secret_key").read_text() == "the key"
    assert (other / "media" / "ab" / "same").read_bytes() == bytes(range(256))


def test_a_forged_name_writes_nothing_outside(
    filled: tuple[Database, Path], new_database: Callable[[], Database], tmp_path: Path
) -> None:
    database, home = filled
    file, other = tmp_path / "backup.tar", tmp_path / "deep" / "home"
    other.mkdir(parents=True)
    write_archive(database=database, home=home, file=file, now=NOW)
    with tarfile.open(file, "a") as archive:
        for name in ["media/../../../escaped", "/escaped", "../escaped", "postgres/escaped"]:
            archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    restore_archive(database=new_database(), home=other, file=file)
    assert not list(tmp_path.rglob("escaped"))


def test_a_failed_dump_leaves_no_file(tmp_path: Path, new_database: Callable[[], Database]) -> None:
    lost = Database(make_conninfo(new_database().url, dbname="there_is_none"))
    with pytest.raises(ArchiveError, match="pg_dump failed"):
        write_archive(database=lost, home=tmp_path, file=tmp_path / "backup.tar", now=NOW)
    assert list(tmp_path.iterdir()) == []
