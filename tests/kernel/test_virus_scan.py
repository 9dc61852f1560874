from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from goodword.kernel.virus_scan import Infected, ScannerAway, scan
from tests.kernel.clamd import VIRUS, clamd


def test_what_the_scanner_knows_is_named(tmp_path: Path) -> None:
    with clamd(tmp_path / "clamd") as address:
        scan(b"hello" * 50_000, address)
        scan(b"", address)
        with pytest.raises(Infected, match=r"Test\.Virus"):
            scan(b"x" * 100_000 + VIRUS, address)


def test_no_verdict_is_not_a_clean_one(tmp_path: Path) -> None:
    with (
        clamd(tmp_path / "clamd", answer=b"INSTREAM size limit exceeded. ERROR\0") as address,
        pytest.raises(ScannerAway),
    ):
        scan(b"hello", address)
    for nobody in (str(tmp_path / "nobody"), "127.0.0.1:1", "nonsense"):
        with pytest.raises(ScannerAway):
            scan(b"hello", nobody)


@pytest.mark.skipif(shutil.which("clamd") is None, reason="ClamAV is not installed")
def test_a_real_clamd_is_understood(tmp_path: Path) -> None:
    (tmp_path / "test.ndb").write_text(f"Test.Virus:0:*:{VIRUS.hex()}\n")
    config = tmp_path / "clamd.conf"
    config.write_text(f"DatabaseDirectory {tmp_path}\nLocalSocket {tmp_path}/clamd\nForeground yes\nUser root\n")
    with subprocess.Popen(["clamd", "-c", str(config)], stdout=subprocess.DEVNULL) as daemon:
        try:
            while not (tmp_path / "clamd").exists() and daemon.poll() is None:
                time.sleep(0.1)
            scan(b"hello", f"{tmp_path}/clamd")
            with pytest.raises(Infected, match=r"Test\.Virus"):
                scan(b"x" * 70_000 + VIRUS, f"{tmp_path}/clamd")
        finally:
            daemon.terminate()
