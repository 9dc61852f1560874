"""Saved searches that can't be used any more: they were saved under earlier rules of the language."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, task
from goodword.language.searches import SearchError, parse
from goodword.listen.models import SavedSearch
from goodword.listen.saved_searches import pause_search
from goodword.staff.models import Notice, Role
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may


def stop_soon(search_id: int) -> None:
    """Have it stopped, in a job of its own."""
    enqueue(stop_unusable, once=f"stop-search:{search_id}", search_id=search_id)


@task(queue="search")
def stop_unusable(*, search_id: int) -> None:
    """Stop it, if it is still in use."""
    stop_unusable_search(search_id=search_id, now=current_time())


@transaction.atomic
def stop_unusable_search(*, search_id: int, now: datetime) -> None:
    """Pause an active search that can't be used, and tell leads why: once, for then it is active no more."""
    search = SavedSearch.objects.select_for_update().filter(pk=search_id, active=True).first()
    if search is None:
        return
    try:
        parse(search.text)
    except SearchError as error:
        pause_search(search=search, by=None, now=now)
        notify(
            workspace_id=search.workspace_id,
            agent_ids=who_may(Role.LEAD, workspace=search.workspace_id).values_list("pk", flat=True),
            kind=Notice.Kind.SILENT,
            subject=f"search:{search.pk}",
            text=_("%(name)s can’t be used any more and was paused: %(reason)s")
            % {"name": search.name, "reason": _(error.template).format(**error.values)},
            now=now,
        )
