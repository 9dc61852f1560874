"""What was vendored is what was published, unchanged."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import goodword

VENDOR = Path(goodword.__file__).parent / "ui" / "static" / "vendor"
LISTED = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)


def test_each_script_has_the_hash_that_is_written_beside_it() -> None:
    listed = dict(LISTED.findall((VENDOR / "README.md").read_text()))
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")} == listed
