from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from goodword.kernel.files import NoSuchName, keep, path_of


@pytest.mark.django_db
def test_the_same_content_has_one_name_in_a_workspace(tmp_path: Path, settings: Settings) -> None:
    settings.FILES = tmp_path
    name = keep(1, b"cat")
    assert keep(1, b"cat") == name
    assert keep(1, b"dog") != name
    assert path_of(1, name).read_bytes() == b"cat"
    assert not path_of(2, name).exists()
    assert [path.name for path in path_of(1, name).parent.iterdir()] == [name]


@pytest.mark.parametrize("name", ["", "../../secret_key", "a" * 63, "A" * 64, "a" * 64 + "/..", "a" * 64 + "\n"])
def test_no_name_leads_out_of_the_store(name: str) -> None:
    with pytest.raises(NoSuchName):
        path_of(1, name)
