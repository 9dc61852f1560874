"""The file store: files by their content, per workspace, in the installation's own folder."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

_NAME = re.compile(r"[0-9a-f]{64}")
_FILES = 7420  # class of the advisory locks: a file is not discarded while a row that names it is being written


class NoSuchName(LookupError):
    """This is not the name of a kept file."""


def keep(workspace_id: int, content: bytes) -> str:
    """Store `content` and return its name. The same content has the same name; keeping it again costs nothing.

    Call it in the transaction that writes the row which names it: until that has ended nobody discards the file.
    """
    name = hashlib.sha256(content).hexdigest()
    path = path_of(workspace_id, name)
    _lock("pg_advisory_xact_lock_shared", workspace_id, name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and renamed: a reader never sees half a file, and a crash leaves none under the name.
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix="unfinished-", delete=False) as draft:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(path)
    return name


def discard_unused(workspace_id: int, name: str) -> None:
    """Remove a kept file unless a row still names it: any model's that has a `stored_as`. Call it after the commit."""
    with transaction.atomic():
        _lock("pg_advisory_xact_lock", workspace_id, name)
        if not _is_named(workspace_id, name):
            path_of(workspace_id, name).unlink(missing_ok=True)


def _lock(function: str, workspace_id: int, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, hashtext(%s))", [_FILES, f"{workspace_id}:{name}"])


def _is_named(workspace_id: int, name: str) -> bool:
    for model in apps.get_models():
        fields = {field.name for field in model._meta.get_fields()}
        if {"workspace", "stored_as"} <= fields and (
            model._default_manager.filter(workspace=workspace_id, stored_as=name).exists()
        ):
            return True
    return False


def path_of(workspace_id: int, name: str) -> Path:
    """Where a kept file lies. Raises `NoSuchName` for anything that `keep` never returns, such as a way upwards."""
    if not _NAME.fullmatch(name):
        raise NoSuchName(name[:80])
    return Path(settings.FILES) / str(workspace_id) / name[:2] / name
