"""The icon sprite holds what the pages show, and nothing is asked for that it lacks."""

from __future__ import annotations

import re
from pathlib import Path

import goodword
from goodword.connectors.registry import connector, keys
from goodword.ui.icons import NAMES, SPRITE, sprite

ROOMS = Path(goodword.__file__).parent
ICON = re.compile(r"{% icon \"([a-z0-9-]+)\"|_empty\.html\" with (?:level=1 )?name=\"([a-z0-9-]+)\"")


def test_the_sprite_is_the_one_that_the_script_makes() -> None:
    assert SPRITE.read_text() == sprite()


def test_every_icon_of_a_template_is_in_it() -> None:
    shown = {a or b for path in ROOMS.rglob("*.html") for a, b in ICON.findall(path.read_text())}
    assert len(shown) > 20
    assert shown - set(NAMES) == set()


def test_every_channels_icon_is_in_it() -> None:
    assert {connector(key).capabilities({}).icon for key in keys()} - set(NAMES) == set()
