"""The network's memory: one append-only file, a JSON object a line, locked while it is read on or added to.

An entry is there once its line is complete and on disk. A line torn by a crash is cut off by the next who comes.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from goodword.connectors.contract import Purpose

_UNKNOWN = -1
Event = Literal["start", "said", "edited", "deleted", "sent", "delivered", "read"]


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that happened on the network. `n` counts from 1, without holes."""

    n: int
    event: Event
    at: datetime
    id: str = ""
    story: str = ""
    step: str = ""
    by: str = ""  # a customer's key, or "brand"
    text: str = ""
    parent: str | None = None
    about: str | None = None  # the entry that this one edits, deletes, reacts to or reports of
    private: bool = False
    picture: str = ""
    key: str = ""
    key_of_about: str = ""
    purpose: Purpose = Purpose.REPLY
    first_said: datetime | None = None  # of what is edited
    seed: int = 0
    speed: float = 1.0
    backlog_days: int = 0


_decoder = msgspec.json.Decoder(Entry)
_encoder = msgspec.json.Encoder()


class Journal:
    """The file in `folder`; `on_entry` is told of each entry once, in order, whoever wrote it."""

    def __init__(self, folder: Path, *, on_start: Callable[[], None], on_entry: Callable[[Entry], None]) -> None:
        self._path = folder / "journal.jsonl"
        self._on_start = on_start
        self._on_entry = on_entry
        self._inode = _UNKNOWN
        self._offset = 0

    @contextmanager
    def locked(self) -> Iterator[Callable[[Entry], None]]:
        """Hold the journal alone, after having read what others added; gives the function that adds an entry.

        What was added is on disk when the lock is left, all of it or, if that raises `OSError`, perhaps not.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        added: list[Entry] = []

        def add(entry: Entry) -> None:
            added.append(entry)
            self._on_entry(entry)

        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._read_on(file)
            try:
                yield add
            finally:
                self._write(file, added)
        finally:
            os.close(file)  # and with it the lock

    def _read_on(self, file: int) -> None:
        status = os.fstat(file)
        if status.st_ino != self._inode or status.st_size < self._offset:
            self._inode, self._offset = status.st_ino, 0
            self._on_start()
        unread = os.pread(file, status.st_size - self._offset, self._offset)
        complete = unread.rfind(b"\n") + 1
        if complete < len(unread):
            os.ftruncate(file, self._offset + complete)
        for line in unread[:complete].splitlines():
            self._on_entry(_decoder.decode(line))
        self._offset += complete

    def _write(self, file: int, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        lines = b"".join(_encoder.encode(entry) + b"\n" for entry in entries)
        expected, self._inode = self._inode, _UNKNOWN  # until it is on disk, memory may be ahead of the file
        if os.write(file, lines) != len(lines):
            raise OSError(f"{self._path} could not be written to its end; is the disk full?")
        os.fsync(file)
        self._inode = expected
        self._offset += len(lines)
