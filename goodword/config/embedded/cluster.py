"""A cluster on disk: where it lies, how it is made, how it is configured."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from goodword.config.embedded.account import Account, account_of, server_account
from goodword.config.embedded.binaries import SYSTEM_STATE, binaries_for
from goodword.config.embedded.errors import EmbeddedError
from goodword.config.embedded.tuning import DURABLE, THROW_AWAY
from goodword.config.home import written_once

ROLE = DATABASE = "goodword"
PORT = 5432
# The longest path a Unix socket can have: `sun_path` of Linux less its final NUL; macOS has four bytes fewer.
_LONGEST_SOCKET_PATH = 103
_SOCKET_FILE = f".s.PGSQL.{PORT}"
_ELSEWHERE = "postgres.location"


@dataclass(frozen=True)
class Cluster:
    """One cluster: the folder `place` with its data, log and locks, and the account that runs its server."""

    place: Path
    account: Account
    throw_away: bool = False

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def log(self) -> Path:
        return self.place / "server.log"

    @property
    def socket_folder(self) -> Path:
        """Beside the data; in the temporary folder where that path would be too long for a socket."""
        beside = self.place / "socket"
        if len(os.fsencode(beside / _SOCKET_FILE)) <= _LONGEST_SOCKET_PATH:
            return beside
        digest = hashlib.sha256(os.fsencode(self.place)).hexdigest()[:16]
        return Path(tempfile.gettempdir(), f"goodword-{self.account.uid}-{digest}")

    @property
    def socket(self) -> Path:
        return self.socket_folder / _SOCKET_FILE

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(self.socket_folder), safe='')}&port={PORT}"

    def program(self, name: str) -> Path:
        return binaries_for(self.account) / name

    def environment(self) -> dict[str, str]:
        """What the programs may see: no PG* variable and no locale of ours may bend them."""
        return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}

    def start_as(self) -> dict[str, int | list[int]]:
        """The arguments of `subprocess` that switch to the account, where we are another."""
        if self.account.is_current:
            return {}
        return {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}


def cluster_in(home: Path, *, throw_away: bool = False) -> Cluster:
    """The cluster of the state folder `home`.

    It lies in `home/postgres`. Where we are root and the server's account cannot enter `home`, it lies in
    /var/lib/goodword instead, and `home/postgres.location` says where.
    """
    place = home / "postgres"
    if not place.is_dir() and ((home / _ELSEWHERE).is_file() or not server_account(place).may_enter(home)):
        SYSTEM_STATE.mkdir(mode=0o755, parents=True, exist_ok=True)
        elsewhere = SYSTEM_STATE / f"{home.name.lstrip('.')}-{secrets.token_hex(6)}"
        place = Path(written_once(home / _ELSEWHERE, str(elsewhere)))
    account = server_account(place / "data")
    place.mkdir(exist_ok=True)
    place.chmod(0o700 if account.is_current else 0o711)
    return Cluster(place, account, throw_away)


def make_ready(cluster: Cluster) -> None:
    """Create the cluster where there is none yet, and write its configuration. No server may be running."""
    if not cluster.data.is_dir():
        _create(cluster)
    _refuse_other_version(cluster)
    _make_socket_folder(cluster)
    chosen = THROW_AWAY if cluster.throw_away else DURABLE
    lines = [f"{name} = '{value}'" for name, value in chosen.items()]
    _replace(cluster, "postgresql.conf", lines)
    # Nobody gets in but through the socket, and there the kernel says who is calling.
    _replace(cluster, "pg_hba.conf", ["local all all peer map=goodword"])
    callers = {account_of(os.geteuid()).name, cluster.account.name}
    _replace(cluster, "pg_ident.conf", [f'goodword "{caller}" {ROLE}' for caller in sorted(callers)])


def _create(cluster: Cluster) -> None:
    """Make the cluster aside and move it into place whole, so that a kill half-way leaves none."""
    unfinished = cluster.place / "data.new"
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir()
    cluster.account.own(unfinished, 0o700)
    initdb = [
        cluster.program("initdb"),
        *("--pgdata", unfinished, "--username", ROLE, "--auth", "peer", "--encoding", "UTF8", "--data-checksums"),
        # The wheel is built without ICU; the built-in provider sorts the same on every machine.
        *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
        *(["--no-sync"] if cluster.throw_away else []),
    ]
    _run(cluster, [str(part) for part in initdb])
    single = [str(cluster.program("postgres")), "--single", "-D", str(unfinished), "postgres"]
    _run(cluster, single, f"CREATE DATABASE {DATABASE}\n")
    unfinished.rename(cluster.data)


def _run(cluster: Cluster, command: list[str], stdin: str = "") -> None:
    done = subprocess.run(
        command,
        input=stdin,
        cwd=cluster.place,
        env=cluster.environment(),
        capture_output=True,
        text=True,
        check=False,
        **cluster.start_as(),  # type: ignore[call-overload]
    )
    if done.returncode or "FATAL" in done.stderr or "ERROR" in done.stderr:
        raise EmbeddedError(f"The database could not be created in {cluster.place}: {done.stderr.strip()}")


def _refuse_other_version(cluster: Cluster) -> None:
    made_by = (cluster.data / "PG_VERSION").read_text().strip()
    banner = subprocess.run(
        [cluster.program("postgres"), "--version"],
        capture_output=True,
        text=True,
        check=True,
        env=cluster.environment(),
    ).stdout
    ours = banner.split()[-1].partition(".")[0]
    if made_by != ours:
        raise EmbeddedError(
            f"The database in {cluster.data} was made by PostgreSQL {made_by}, and this release brings {ours}: "
            "run `goodword backup` with the former release and `goodword restore` with this one."
        )


def _make_socket_folder(cluster: Cluster) -> None:
    folder = cluster.socket_folder
    folder.mkdir(exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), cluster.account.uid}:
        raise EmbeddedError(f"{folder} belongs to another user: remove it, or set GOODWORD_HOME to a shorter path.")
    cluster.account.own(folder, 0o700)


def _replace(cluster: Cluster, name: str, lines: list[str]) -> None:
    fresh = cluster.data / f"{name}.new"
    fresh.write_text("\n".join(["# Written by Goodword at each start.", *lines, ""]))
    cluster.account.own(fresh, 0o600)
    fresh.rename(cluster.data / name)
