"""The brand's own words on the page that everybody may read: checked as a public reply is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.honesty.public_words import check_public_words
from goodword.honesty.send_over import hold_back, keep_reason
from goodword.promises.models import BrandPage
from goodword.promises.save_presence import save_brand_page
from goodword.staff.models import Agent, Workspace


@transaction.atomic
def publish_brand_page(
    *, workspace: Workspace, shown: bool, words: str, over: str = "", by: Agent, now: datetime
) -> BrandPage:
    """Save the page; as long as nobody outside sees it, nothing is checked.

    `over` is why the words are right although checks speak against them. Raises `HeldBack`.
    """
    found = check_public_words(workspace, words, now=now) if shown else []
    hold_back(found, reason=over)
    page = save_brand_page(workspace=workspace, shown=shown, words=words, by=by, now=now)
    keep_reason(
        found=found, reason=over, by=by, workspace_id=workspace.pk, subject=f"brand_page:{workspace.pk}", now=now
    )
    return page
