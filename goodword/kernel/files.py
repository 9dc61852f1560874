"""The file store: files by their content, per workspace, in the installation's own folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.conf import settings


def keep(workspace_id: int, content: bytes) -> str:
    """Store `content` and return its name. The same content has the same name; keeping it again costs nothing."""
    name = hashlib.sha256(content).hexdigest()
    path = path_of(workspace_id, name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and renamed: a reader never sees half a file, and a crash leaves none under the name.
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(path)
    return name


def path_of(workspace_id: int, name: str) -> Path:
    """Where a kept file lies."""
    return Path(settings.FILES) / str(workspace_id) / name[:2] / name
