"""The embedded server against real processes, real kills and real files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from goodword.config.embedded import EmbeddedError, database, embedded_database, server
from goodword.config.embedded.cluster import Cluster, cluster_in

HOLD = """
import sys
from pathlib import Path
from goodword.config.embedded import embedded_database
with embedded_database(Path(sys.argv[1]), throw_away=True):
    print("in", flush=True)
    sys.stdin.read()
"""


def holder(home: Path) -> subprocess.Popen[str]:
    """Another process that holds the database until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    return process


def postmaster(cluster: Cluster) -> int:
    found = server.postmaster_id(cluster)
    assert found is not None
    return found


def test_a_new_home_gets_a_database_that_only_we_may_enter_and_that_is_gone_afterwards(home: Path) -> None:
    with embedded_database(home, throw_away=True) as held, psycopg.connect(held.url) as connection:
        row = connection.execute(
            "SELECT current_user, current_database(), current_setting('listen_addresses'), datlocprovider, datlocale"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        assert row == ("goodword", "goodword", "", "b", "C.UTF-8")
        assert connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall() == [("peer",)]
    assert not server.answers(cluster_in(home))
    assert cluster_in(home).socket_folder.stat().st_mode & 0o077 == 0


def test_whoever_leaves_last_stops_it(home: Path) -> None:
    cluster = cluster_in(home)
    with embedded_database(home, throw_away=True):
        other = holder(home)
        first = postmaster(cluster)
    assert server.answers(cluster)
    with embedded_database(home, throw_away=True):
        assert postmaster(cluster) == first
    other.communicate()
    assert not server.answers(cluster)


def test_a_killed_holder_leaves_no_reference_behind(home: Path) -> None:
    other = holder(home)
    other.kill()
    other.communicate()
    assert server.answers(cluster_in(home))
    with embedded_database(home, throw_away=True):
        pass
    assert not server.answers(cluster_in(home))


def test_a_terminated_holder_stops_the_server_on_its_way_out(home: Path) -> None:
    other = holder(home)
    other.terminate()
    other.communicate()
    assert other.returncode == 128 + signal.SIGTERM
    assert not server.answers(cluster_in(home))


def test_what_was_acknowledged_survives_kill_9_of_the_server(home: Path) -> None:
    cluster = cluster_in(home)
    with embedded_database(home) as held:
        with psycopg.connect(held.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (id int)")
        for number in range(3):
            with psycopg.connect(held.url, autocommit=True) as connection:
                connection.execute("INSERT INTO kept VALUES (%s)", [number])
                os.kill(postmaster(cluster), signal.SIGKILL)
                # The backend may linger: the new server has to wait until the old one's last process is gone.
                while not held.keep_alive():
                    time.sleep(0.01)
        with psycopg.connect(held.url) as connection:
            assert connection.execute("SELECT array_agg(id ORDER BY id) FROM kept").fetchone() == ([0, 1, 2],)
        assert not held.keep_alive()


def test_a_stale_process_id_of_somebody_else_does_not_stop_it_from_starting(home: Path) -> None:
    with embedded_database(home, throw_away=True):
        pass
    cluster = cluster_in(home)
    # As after a power cut, when the id now belongs to an innocent process.
    stale = [str(os.getpid()), str(cluster.data), "1", "5432", str(cluster.socket_folder), "", "", "ready"]
    (cluster.data / "postmaster.pid").write_text("\n".join(stale))
    with embedded_database(home, throw_away=True) as held, psycopg.connect(held.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_kill_half_way_through_creation_leaves_nothing_that_looks_finished(home: Path) -> None:
    cluster = cluster_in(home)
    half = cluster.place / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with embedded_database(home, throw_away=True) as held, psycopg.connect(held.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not half.exists()


def test_a_path_too_long_for_a_socket_still_works(home: Path) -> None:
    deep = home / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    with embedded_database(deep, throw_away=True) as held, psycopg.connect(held.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert len(os.fsencode(cluster_in(deep).socket)) <= 103
    cluster_in(deep).socket_folder.rmdir()


def test_a_database_of_another_major_version_is_refused_with_the_way_out(home: Path) -> None:
    with embedded_database(home, throw_away=True):
        pass
    (cluster_in(home).data / "PG_VERSION").write_text("17\n")
    with (
        pytest.raises(EmbeddedError, match=r"made by PostgreSQL 17, and this release brings 18.*goodword backup"),
        embedded_database(home, throw_away=True),
    ):
        pass


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    with embedded_database(home, throw_away=True):
        pass
    (cluster_in(home).data / "global" / "pg_control").write_bytes(b"")
    with pytest.raises(EmbeddedError, match=r"did not start.*pg_control"), embedded_database(home, throw_away=True):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another account run the server")
def test_roots_private_home_gets_its_cluster_elsewhere_and_says_where(home: Path) -> None:
    home.chmod(0o700)
    with embedded_database(home, throw_away=True) as held, psycopg.connect(held.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    place = Path((home / "postgres.location").read_text().strip())
    assert place == cluster_in(home).place
    assert (place / "data").stat().st_uid != 0
    subprocess.run(["rm", "-r", str(place)], check=True)


def test_an_address_given_is_used_as_it_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODWORD_DATABASE_URL", "postgresql://somewhere/else")
    with database(home) as url:
        assert url == "postgresql://somewhere/else"
    assert list(home.iterdir()) == []
