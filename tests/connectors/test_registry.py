"""Connectors are found by key, and loaded on first use."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from goodword.connectors import registry
from goodword.connectors.registry import BrokenConnector, UnknownConnector


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EntryPoint]]:
    """Entry points of third parties, as if installed."""
    found: list[EntryPoint] = []
    monkeypatch.setattr(registry, "entry_points", lambda group: found)
    registry._registered.cache_clear()
    registry.connector.cache_clear()
    yield found
    monkeypatch.undo()
    registry._registered.cache_clear()
    registry.connector.cache_clear()


def test_our_connectors_are_registered_like_anyone_elses() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    ours = {key: path for key, path in registry.IN_TREE.items() if path.startswith("goodword.")}  # tests add theirs
    assert project["entry-points"][registry.GROUP] == ours


def test_a_connector_is_the_same_object_each_time_and_has_its_key() -> None:
    for key in registry.IN_TREE:
        assert registry.connector(key) is registry.connector(key)
        assert registry.connector(key).key == key


def test_they_are_found_without_installed_metadata(others: list[EntryPoint]) -> None:
    assert registry.keys() == tuple(sorted(registry.IN_TREE))


def test_a_third_party_is_found_and_cannot_take_our_place(others: list[EntryPoint]) -> None:
    others.append(EntryPoint("sound", "nowhere.at_all:Sound", registry.GROUP))
    others.append(EntryPoint("mail", "evil:Mail", registry.GROUP))
    assert set(registry.keys()) == {*registry.IN_TREE, "sound"}
    assert type(registry.connector("mail")).__module__ == "goodword.connectors.mail.connector"
    with pytest.raises(BrokenConnector, match="nowhere"):
        registry.connector("sound")


def test_what_is_no_connector_is_refused(others: list[EntryPoint]) -> None:
    others.append(EntryPoint("other", "builtins:dict", registry.GROUP))
    others.append(EntryPoint("chatty", "goodword.connectors.chat.connector:WebChat", registry.GROUP))
    for key in ("other", "chatty"):
        with pytest.raises(BrokenConnector, match="is not a connector of that key"):
            registry.connector(key)


def test_an_unknown_key_names_the_known_ones() -> None:
    with pytest.raises(UnknownConnector, match="mail"):
        registry.connector("telepathy")


def test_looking_up_keys_imports_no_connector_and_no_connector_imports_django() -> None:
    script = (
        "import sys; from goodword.connectors import registry; registry.keys(); "
        "assert 'imapclient' not in sys.modules; [registry.connector(key) for key in registry.keys()]; "
        "assert 'django' not in sys.modules; assert 'hypothesis' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
