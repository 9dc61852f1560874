"""Payloads as their networks deliver them, kept as files beside the connectors' tests."""

from __future__ import annotations

from pathlib import Path

from goodword.connectors.contract import Raw

HERE = Path(__file__).parent


def raws(folder: str, pattern: str, content_type: str) -> list[Raw]:
    """One raw item for each file in `folder/payloads` that matches."""
    found = sorted((HERE / folder / "payloads").glob(pattern))
    assert found, f"no payloads {pattern} in {folder}"
    return [Raw(path.name, path.read_bytes(), content_type) for path in found]
