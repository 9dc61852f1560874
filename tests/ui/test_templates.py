"""Rules of the look that can be read off the templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import goodword
from goodword.ui.actions import ACTIONS

ROOMS = Path(goodword.__file__).parent
TEMPLATES = sorted(ROOMS.rglob("templates/**/*.html"))
LONGEST_LINE = 500  # characters; 160 wherever there is a place to break
YET_LONGER = {"insight", "listen", "process"}
MAILS = ("care/mail/",)  # a mail's styles are inlined; no policy of ours holds there


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOMS)))
def test_nothing_is_inline(path: Path) -> None:
    text = re.sub(r"{%.*?%}", "", path.read_text())  # a name in `{% with one=… %}` is no attribute
    assert not re.search(r"\sstyle=|\son[a-z]+=|hx-on|<style", text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or "application/json" in script


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOMS)))
def test_a_template_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 80


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.relative_to(ROOMS).parts[0] not in YET_LONGER])
def test_lines_of_a_template_can_be_read(path: Path) -> None:
    """A row of inline elements with no space between them stays in one line: a break would show as a space."""
    assert max((len(line) for line in path.read_text().splitlines()), default=0) <= LONGEST_LINE


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOMS)))
def test_a_child_sets_its_names_inside_a_block(path: Path) -> None:
    """Of a template that extends another only its blocks are rendered: a name set elsewhere stays empty."""
    text = path.read_text()
    if "{% extends" in text:
        outside = re.sub(r"{% block .*{% endblock", "", text, flags=re.DOTALL)
        assert not re.findall(r"{% (?:url|trans|blocktrans|with|cycle) [^%]*%}", outside)


def test_actions_in_templates_are_of_the_registry() -> None:
    used = {name for path in TEMPLATES for name in re.findall(r"{% (?:action|key) \"([a-z-]+)\" %}", path.read_text())}
    assert used
    assert used - set(ACTIONS) == set()


def test_no_two_actions_have_one_key() -> None:
    keys = [action.keys for action in ACTIONS.values() if action.keys]
    assert len(keys) == len(set(keys))
    assert not [key for key in keys if "Alt" in key]
