"""What `goodword simulate` prints leads to the installation that runs."""

from __future__ import annotations

import pytest

from goodword.config.cli.simulate import own_address, restart_command


def test_the_link_and_the_restart_are_of_this_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOODWORD_PUBLIC_URL", "GOODWORD_HOME", "GOODWORD_PORT"):
        monkeypatch.delenv(name, raising=False)
    assert own_address() == "http://127.0.0.1:8000"
    assert restart_command() == "GOODWORD_ALSO_FETCH_FROM=127.0.0.0/8 goodword up"
    monkeypatch.setenv("GOODWORD_PORT", "8123")
    monkeypatch.setenv("GOODWORD_HOME", "/srv/my goodword")
    assert own_address() == "http://127.0.0.1:8123"
    assert restart_command().startswith("GOODWORD_HOME='/srv/my goodword' GOODWORD_PORT=8123 ")
    monkeypatch.setenv("GOODWORD_PUBLIC_URL", "https://care.example")
    assert own_address() == "https://care.example"
