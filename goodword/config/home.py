"""The one folder that holds an installation's state: database, files, key."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

import goodword

_CHECKOUT = Path(goodword.__file__).resolve().parent.parent


class EmptyFile(OSError):
    """Nothing is left of what was written once. The message says what to do."""


def home_path() -> Path:
    """`GOODWORD_HOME`, or `.goodword` in the checkout, or the user's data folder for an installed package."""
    if named := os.environ.get("GOODWORD_HOME"):
        return Path(named).expanduser().absolute()
    if (_CHECKOUT / "pyproject.toml").is_file():
        return _CHECKOUT / ".goodword"
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser().absolute() / "goodword"


def open_home() -> Path:
    """The state folder, created if need be.

    Others may not look inside. As root they may pass through, because the database server refuses to run
    as root and its unprivileged account has to reach its own folder below.
    """
    home = home_path()
    if not home.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return home


def media_path() -> Path:
    """Where attachments lie; only this installation's account may enter."""
    media = open_home() / "media"
    media.mkdir(mode=0o700, exist_ok=True)
    return media


def secret_key() -> str:
    """The key that signs sessions and links: `GOODWORD_SECRET_KEY`, or one made at the first start and kept.

    Raises `EmptyFile`: an empty key would let anybody sign.
    """
    if key := os.environ.get("GOODWORD_SECRET_KEY"):
        return key
    path = open_home() / "secret_key"
    try:
        return written_once(path, secrets.token_urlsafe(50))
    except EmptyFile as error:
        raise EmptyFile(
            f"{error} If there is none, remove it: with a new key everybody signs in anew, and every network is "
            "connected anew."
        ) from error


def written_once(path: Path, text: str) -> str:
    """What stands in the file; if there is none yet, `text`, written there for the owner's eyes only.

    Of several processes that try at once one succeeds, and all return what that one wrote. Raises `EmptyFile`.
    """
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        with fresh.open("w") as file:
            file.write(f"{text}\n")
            file.flush()
            os.fsync(file.fileno())  # a power cut must not leave the name without what it names
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    written = path.read_text().strip()
    if not written:
        raise EmptyFile(f"{path} is empty: bring it back from a backup.")
    return written
