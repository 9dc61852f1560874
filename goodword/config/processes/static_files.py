"""Style sheets and scripts on their way to the browser: collected, hashed and compressed when they changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_STAMP = ".collected"
# django-htmx brings a beta of htmx; we serve the released one, and its files refer to others that do not exist.
_NOT_SERVED = ["django_htmx"]


def collect_static_files() -> bool:
    """Fill `STATIC_ROOT`; False if nothing changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / _STAMP
    digest = _digest()
    if stamp.is_file() and stamp.read_text() == digest:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=_NOT_SERVED)
    stamp.write_text(digest)
    return True


def _digest() -> str:
    """Changes with any file's name, size or time, and with the way files are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list(_NOT_SERVED):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
