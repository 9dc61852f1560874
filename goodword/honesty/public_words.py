"""What speaks against words that everybody may read, and that answer nobody: an article, the page of the brand."""

from __future__ import annotations

from datetime import datetime

from goodword.honesty.drafts import read_words
from goodword.honesty.inspect import Draft, Found, inspect
from goodword.honesty.policy import house_rules
from goodword.staff.models import Workspace


def check_public_words(workspace: Workspace, text: str, *, now: datetime) -> list[Found]:
    """As of a public reply to nobody in particular, by what is known at this moment."""
    read = read_words(workspace, text, public=True)
    draft = Draft(text=text, public=True)
    return inspect(draft, read, workspace=workspace, rules=house_rules(workspace), now=now)
