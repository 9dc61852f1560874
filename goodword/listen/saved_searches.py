"""Save, pause, resume and delete searches."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.language.searches import parse
from goodword.listen.events import SearchAlarmSet, SearchDeleted, SearchPaused, SearchSaved
from goodword.listen.models import SavedSearch, SearchBurst, SearchMatch, SearchWatch
from goodword.staff.models import Agent, Workspace

MOST = 1_000
"""Searches of one workspace: as many as one index takes in without compiling its base again."""


class BadName(ValueError):
    """The name is empty, too long, or another search has it."""


class TooManySearches(ValueError):
    """The workspace has as many as it can have."""


@transaction.atomic
def save_search(
    *,
    workspace: Workspace,
    by: Agent | None,
    name: str,
    text: str,
    opens_cases: bool = False,
    alarm: bool = True,
    search: SavedSearch | None = None,
    now: datetime,
) -> SavedSearch:
    """Listen for `text` from now on, and look through the stored past for it; or change `search` to this.

    One that was deleted meanwhile is made anew. Raises `SearchError` for a text that can't be used, `BadName` and
    `TooManySearches`.
    """
    parse(text)
    name = _checked_name(workspace, name, search)
    if search is None and SavedSearch.objects.of(workspace).count() >= MOST:
        raise TooManySearches(_("There are %(most)d saved searches already. Delete one first.") % {"most": MOST})
    saved = (_lock(search) if search else None) or SavedSearch(workspace=workspace, created_by=by, created_at=now)
    is_new_text = saved.text != text
    saved.name, saved.text, saved.opens_cases, saved.alarm = name, text, opens_cases, alarm
    saved.version += 1
    if is_new_text:
        saved.past_total, saved.past_seen = None, 0
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:
        raise _taken(name) from error
    if is_new_text:
        _forget_matches(saved)
    _record_saved(saved, by, now)
    return saved


def _checked_name(workspace: Workspace, name: str, search: SavedSearch | None) -> str:
    name = " ".join(name.replace("\0", "").split())
    longest = SavedSearch._meta.get_field("name").max_length or 0
    if not name or len(name) > longest:
        raise BadName(_("A search has a name of 1 to %(longest)d characters.") % {"longest": longest})
    others = SavedSearch.objects.of(workspace).exclude(pk=search.pk) if search else SavedSearch.objects.of(workspace)
    if others.filter(name=name).exists():
        raise _taken(name)
    return name


def _taken(name: str) -> BadName:
    return BadName(_("There is a search called %(name)s already.") % {"name": name})


def _lock(search: SavedSearch) -> SavedSearch | None:
    """The row as it stands now, None if it was deleted meanwhile: two who save at once make two versions of it.

    Whoever writes about a search takes this lock first, so that none of them waits for another in turn.
    """
    return SavedSearch.objects.select_for_update(of=("self",)).filter(pk=search.pk).first()


@transaction.atomic
def pause_search(*, search: SavedSearch, by: Agent | None, now: datetime) -> None:
    """Stop holding what is said against it. What it matched stays."""
    if (locked := _lock(search)) is None:
        return
    locked.active = False
    locked.save(update_fields=["active"])
    # It will not have heard the time between.
    SearchWatch.objects.of(search.workspace_id).filter(search=search).delete()
    record(SearchPaused(workspace_id=search.workspace_id, search_id=search.pk), actor_id=by.pk if by else None, now=now)


@transaction.atomic
def resume_search(*, search: SavedSearch, by: Agent | None, now: datetime) -> None:
    """Listen for it again, and look through what was said meanwhile. Raises `SearchError` where its text can't be used
    any more."""
    if (locked := _lock(search)) is None:
        return
    parse(locked.text)
    locked.active, locked.past_total, locked.past_seen = True, None, 0
    locked.version += 1
    locked.save(update_fields=["active", "past_total", "past_seen", "version"])
    _record_saved(locked, by, now)


@transaction.atomic
def set_alarm(*, search: SavedSearch, alarm: bool, by: Agent | None, now: datetime) -> None:
    """Say whether leads are told of bursts of this search."""
    if not SavedSearch.objects.filter(pk=search.pk).exclude(alarm=alarm).update(alarm=alarm):
        return
    fact = SearchAlarmSet(workspace_id=search.workspace_id, search_id=search.pk, alarm=alarm)
    record(fact, actor_id=by.pk if by else None, now=now)


@transaction.atomic
def delete_search(*, search: SavedSearch, by: Agent | None, now: datetime) -> None:
    """Forget the search and what it matched; mentions and cases stay."""
    if _lock(search) is None:
        return
    fact = SearchDeleted(workspace_id=search.workspace_id, search_id=search.pk, name=search.name)
    _forget_matches(search)
    search.delete()
    record(fact, actor_id=by.pk if by else None, now=now)


def _forget_matches(search: SavedSearch) -> None:
    for model in (SearchMatch, SearchBurst, SearchWatch):
        model._default_manager.filter(workspace_id=search.workspace_id, search=search).delete()


def _record_saved(search: SavedSearch, by: Agent | None, now: datetime) -> None:
    fact = SearchSaved(workspace_id=search.workspace_id, search_id=search.pk, version=search.version)
    record(fact, actor_id=by.pk if by else None, now=now)
