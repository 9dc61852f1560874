from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from goodword.config.checkup.finding import State
from goodword.config.checkup.machine import look_at_home
from goodword.config.home import EmptyFile, home_path, media_path, open_home, secret_key


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOODWORD_HOME", str(tmp_path / "a" / "home"))
    monkeypatch.delenv("GOODWORD_SECRET_KEY", raising=False)


def test_the_folder_is_where_the_variable_says_and_others_cannot_look_inside(tmp_path: Path) -> None:
    assert home_path() == open_home() == tmp_path / "a" / "home"
    assert open_home().stat().st_mode & 0o066 == 0
    assert media_path().stat().st_mode & 0o077 == 0


def test_without_the_variable_a_checkout_keeps_its_own_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOODWORD_HOME")
    assert home_path().name == ".goodword"
    assert (home_path().parent / "pyproject.toml").is_file()


def test_the_key_is_made_once_whoever_comes_first() -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = {future.result() for future in [pool.submit(secret_key) for _ in range(8)]}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert (home_path() / "secret_key").stat().st_mode & 0o077 == 0
    assert [path.name for path in home_path().iterdir()] == ["secret_key"]


def test_an_empty_key_signs_nothing_and_the_doctor_says_what_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    path = open_home() / "secret_key"
    path.touch(mode=0o600)
    with pytest.raises(EmptyFile, match=r"secret_key is empty: bring it back from a backup.* remove it"):
        secret_key()
    found = look_at_home()
    assert (found.state, "is empty" in found.text) == (State.ILL, True)
    monkeypatch.setenv("GOODWORD_SECRET_KEY", "given")
    assert look_at_home().state is State.WELL
    monkeypatch.delenv("GOODWORD_SECRET_KEY")
    path.unlink()
    assert len(secret_key()) >= 50


def test_the_doctor_says_what_is_in_the_way_of_attachments() -> None:
    (open_home() / "media").touch(mode=0o600)
    found = look_at_home()
    assert (found.state, found.text) == (State.ILL, f"{home_path() / 'media'}: File exists. Move it elsewhere")


def test_a_key_that_is_given_is_used_and_not_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODWORD_SECRET_KEY", "given")
    assert secret_key() == "given"
    assert not home_path().exists()
