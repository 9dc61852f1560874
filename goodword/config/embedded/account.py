"""Under whose account the server runs: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from goodword.config.embedded.errors import EmbeddedError

# Debian's own PostgreSQL brings an account made for this; elsewhere the account without rights has to do.
_UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A user and group of the operating system."""

    name: str
    uid: int
    gid: int

    @property
    def is_current(self) -> bool:
        return self.uid == os.geteuid()

    def may_enter(self, folder: Path) -> bool:
        """Whether this account can pass into `folder`, by owner and permission bits; its groups do not count."""
        return all(self._may_pass(parent) for parent in (folder, *folder.parents))

    def own(self, path: Path, mode: int) -> None:
        """Give `path` to this account with these permissions."""
        if not self.is_current:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def _may_pass(self, folder: Path) -> bool:
        found = folder.stat()
        return bool(found.st_mode & (stat.S_IXUSR if found.st_uid == self.uid else stat.S_IXOTH))


def account_of(uid: int) -> Account:
    """The account with this id. Raises `EmbeddedError` where the machine has no name for it."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedError(
            f"User id {uid} has no name on this machine, and PostgreSQL needs one: "
            "add it to /etc/passwd, or set GOODWORD_DATABASE_URL to a PostgreSQL of your own."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def server_account(data: Path) -> Account:
    """Who runs the server on the cluster in `data`: its owner where it exists, else us, but never root."""
    if data.is_dir() and (owner := data.stat().st_uid) != 0 and os.geteuid() == 0:
        return account_of(owner)
    if os.geteuid() != 0:
        return account_of(os.geteuid())
    for name in _UNPRIVILEGED:
        try:
            return account_of(pwd.getpwnam(name).pw_uid)
        except KeyError:
            continue
    raise EmbeddedError(
        "PostgreSQL does not run as root, and this machine has neither a user `postgres` nor `nobody`: "
        "run Goodword as an ordinary user, or set GOODWORD_DATABASE_URL."
    )
