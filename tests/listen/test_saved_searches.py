"""Saved searches: what is said is held against them, the past is looked through, and bursts are noticed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from goodword.care.attend import attend
from goodword.care.models import Case
from goodword.kernel.models import FactRow
from goodword.language.searches import Post, Search, SearchError, SearchIndex, matches, parse
from goodword.listen.burst_watch import BIN, watch_searches
from goodword.listen.live_searches import LiveSearches
from goodword.listen.match_mentions import match_again
from goodword.listen.models import Mention, SavedSearch, SearchBurst, SearchMatch, Source
from goodword.listen.past_matches import BATCH, look_at_past
from goodword.listen.saved_searches import BadName, delete_search, pause_search, resume_search, save_search, set_alarm
from goodword.listen.unusable import stop_unusable_search
from goodword.staff.models import Agent, Membership, Notice, Role
from goodword.web.kept_searches import kept_searches
from tests.care.world import World
from tests.listen.heard import at, hear_and_understand, line, open_file_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return open_file_source()


def hear(source: Source, *texts: str, minutes: float = 0) -> None:
    """Customers say these, and each gets its disposition."""
    known = Mention.objects.count()
    raws = [line(f"m{known + n}", text, minutes=minutes, author=f"a{known + n}") for n, text in enumerate(texts)]
    hear_and_understand(source, *raws, minutes=minutes)
    while attend(source_id=source.pk, limit=100, now=at(minutes)):
        pass


def save(source: Source, text: str = "refund*", name: str = "Refunds", **more: object) -> SavedSearch:
    return save_search(workspace=source.workspace, by=None, name=name, text=text, now=at(1), **more)  # type: ignore[arg-type]


def matched(search: SavedSearch) -> list[str]:
    ids = SearchMatch.objects.of(search.workspace_id).filter(search=search).values("mention")
    return sorted(Mention.objects.filter(pk__in=ids).values_list("text", flat=True))


def look_through(search: SavedSearch, *, minutes: float = 60) -> None:
    place = None
    search.refresh_from_db()
    while (place := look_on(search, place, minutes=minutes)) is not None:
        pass
    search.refresh_from_db()


def look_on(
    search: SavedSearch, place: tuple[datetime, int] | None, *, minutes: float = 60
) -> tuple[datetime, int] | None:
    return look_at_past(search_id=search.pk, version=search.version, before=place, now=at(minutes))


def test_what_is_said_is_held_against_every_search(source: Source) -> None:
    refunds, parcels = save(source), save(source, "parcel NOT refund", "Parcels")
    hear(source, "Where is my refund?", "Where is my parcel?", "The refund for my parcel", "Hello", minutes=2)
    assert matched(refunds) == ["The refund for my parcel", "Where is my refund?"]
    assert matched(parcels) == ["Where is my parcel?"]


def test_a_change_takes_effect_with_the_next_batch(source: Source) -> None:
    search = save(source)
    hear(source, "My refund", minutes=2)
    changed = save(source, "parcel", search=search)
    assert (changed.pk, matched(changed)) == (search.pk, [])
    hear(source, "My refund, again", "My parcel", minutes=3)
    assert matched(changed) == ["My parcel"]
    pause_search(search=changed, by=None, now=at(4))
    hear(source, "Another parcel", minutes=5)
    assert matched(changed) == ["My parcel"]
    resume_search(search=changed, by=None, now=at(6))
    hear(source, "A third parcel", minutes=7)
    assert matched(changed) == ["A third parcel", "My parcel"]


def test_a_search_saved_under_earlier_rules_is_stopped_and_leads_are_told_once(source: Source) -> None:
    lead = Agent.objects.create(email="lead@example.com")
    Membership.objects.create(workspace=source.workspace, agent=lead, role=Role.LEAD)
    search, other = save(source), save(source, "parcel", "Parcels")
    SavedSearch.objects.filter(pk=search.pk).update(text="refund AND late OR lost", version=7)
    hear(source, "A refund", "A parcel", minutes=2)
    assert matched(other) == ["A parcel"]
    assert look_at_past(search_id=search.pk, version=7, before=None, now=at(3)) is None
    for _time in range(2):
        stop_unusable_search(search_id=search.pk, now=at(3))
        stop_unusable_search(search_id=other.pk, now=at(3))
    assert list(SavedSearch.objects.active()) == [other]
    notice = Notice.objects.get(agent=lead)
    assert notice.subject == f"search:{search.pk}"
    assert "Refunds can’t be used any more" in notice.text
    with pytest.raises(SearchError):
        resume_search(search=search, by=None, now=at(4))
    kept = {one.search.name: one for one in kept_searches(source.workspace, now=at(4))}
    assert (kept["Parcels"].trouble, kept["Parcels"].instead) == ("", "")
    assert "brackets" in kept["Refunds"].trouble
    assert matches(parse(kept["Refunds"].instead), Post(text="refund, late"))


def test_workspaces_do_not_wait_for_each_others_index(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is built, others match, and the search that is saved meanwhile is not lost."""
    save(source)
    held = LiveSearches()
    seen = []

    def build(searches: Iterable[tuple[str | int, Search]]) -> SearchIndex:
        if not seen:
            seen.append(True)
            save(source, "parcel", "Parcels")
            seen.append([len(found) for found in held.match(source.workspace_id, [Post(text="refund, parcel")])])
        return SearchIndex(searches)

    monkeypatch.setattr("goodword.listen.live_searches.SearchIndex", build)
    monkeypatch.setattr("goodword.listen.live_searches.FEW", 1)
    posts = [Post(text="refund, parcel")] * 2
    assert [len(found) for found in held.match(source.workspace_id, posts)] == [1, 1]
    assert seen == [True, [2]]
    assert [len(found) for found in held.match(source.workspace_id, posts)] == [2, 2]


def test_many_at_once_and_few_match_alike(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large batch brings in the kernel, which then follows every change."""
    search, other = save(source), save(source, "parcel", "Parcels")
    hear(source, "A refund", "A parcel", minutes=2)
    monkeypatch.setattr("goodword.listen.live_searches.FEW", 1)
    hear(source, "Second refund", "Second parcel", minutes=3)
    save(source, "refund NOT parcel", search=search)
    hear(source, "Third refund", "A refund for a parcel", minutes=4)
    delete_search(search=other, by=None, now=at(5))
    hear(source, "Fourth refund", "Last parcel", minutes=6)
    look_through(search)
    assert matched(search) == ["A refund", "Fourth refund", "Second refund", "Third refund"]


def test_searches_of_another_workspace_match_nothing_here(source: Source) -> None:
    other = World("other")
    foreign = save_search(workspace=other.workspace, by=None, name="Refunds", text="refund", now=at(1))
    hear(source, "My refund", minutes=2)
    look_through(foreign)
    assert matched(foreign) == []


def test_how_it_reads_can_be_searched_for(source: Source) -> None:
    search = save(source, "parcel AND sentiment:negative")
    hear(
        source,
        "Terrible, awful, the worst: my parcel is lost and nobody answers",
        "Love my parcel, thank you!",
        minutes=2,
    )
    assert len(matched(search)) == 1


def test_a_search_may_want_a_case_for_what_needs_none_otherwise(source: Source) -> None:
    hear(source, "Love the new jacket, thank you!", minutes=2)
    assert not Case.objects.exists()
    save(source, "jacket", opens_cases=True)
    hear(source, "Love the new jacket, thank you!", minutes=3)
    assert Case.objects.count() == 1


def test_the_stored_past_is_looked_through_once(source: Source) -> None:
    hear(source, *(f"refund {n}" for n in range(5)), "nothing", minutes=2)
    search = save(source)
    look_through(search)
    look_through(search)
    assert len(matched(search)) == 5
    assert (search.past_total, search.past_seen, search.knows_the_past) == (6, 6, True)


def test_the_past_is_taken_in_batches_without_a_gap(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    assert BATCH > 3
    monkeypatch.setattr("goodword.listen.past_matches.BATCH", 3)
    hear(source, *(f"refund {n}" for n in range(10)), minutes=2)  # all at one moment
    search = save(source)
    look_through(search)
    assert len(matched(search)) == 10


def test_who_looks_for_what_a_search_was_before_ends_and_leaves_the_rest_to_the_new_version(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goodword.listen.past_matches.BATCH", 3)
    hear(source, *(f"refund of parcel {n}" for n in range(8)), minutes=2)
    search = save(source)
    place = look_on(search, None)
    changed = save(source, "parcel", search=search)
    assert place is not None
    assert look_on(search, place) is None
    look_through(changed)
    assert (len(matched(changed)), changed.past_total, changed.past_seen) == (8, 8, 8)
    pause_search(search=changed, by=None, now=at(61))
    resume_search(search=changed, by=None, now=at(62))
    assert look_on(changed, place) is None


def test_two_who_save_at_once_make_two_versions(source: Source) -> None:
    search = save(source)
    mine, yours = SavedSearch.objects.get(), SavedSearch.objects.get()
    pause_search(search=search, by=None, now=at(2))
    save(source, "parcel", search=mine)
    save(source, "shoes", search=yours)
    stands = SavedSearch.objects.get()
    assert (stands.text, stands.version, stands.active) == ("shoes", search.version + 2, False)


def test_an_edited_mention_matches_by_its_new_words(source: Source) -> None:
    search = save(source)
    hear(source, "My refund", "My parcel", minutes=2)
    first, second = Mention.objects.order_by("pk")
    Mention.objects.filter(pk=first.pk).update(text="My shoes")
    Mention.objects.filter(pk=second.pk).update(text="My refund now")
    match_again(workspace_id=source.workspace_id, mention_ids=[first.pk, second.pk])
    assert matched(search) == ["My refund now"]
    Mention.objects.update(deleted_at=at(3))
    match_again(workspace_id=source.workspace_id, mention_ids=[first.pk, second.pk])
    assert matched(search) == []


def test_deleting_forgets_the_matches_and_keeps_the_mentions(source: Source) -> None:
    search = save(source)
    hear(source, "My refund", minutes=2)
    delete_search(search=search, by=None, now=at(3))
    assert not SavedSearch.objects.exists()
    assert not SearchMatch.objects.exists()
    assert Mention.objects.count() == 1
    kinds = FactRow.objects.filter(kind__startswith="Search").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["SearchSaved", "SearchDeleted"]


def test_a_text_that_cannot_be_used_is_refused_and_nothing_is_saved(source: Source) -> None:
    with pytest.raises(SearchError):
        save(source, "refund AND parcel OR shoe")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "\0", "x" * 81])
def test_a_search_needs_a_name(source: Source, name: str) -> None:
    with pytest.raises(BadName):
        save(source, name=name)


def test_two_searches_of_one_name_are_refused(source: Source) -> None:
    search = save(source)
    with pytest.raises(BadName):
        save(source, "parcel")
    save(source, "parcel", search=search)  # its own name may stay


DAY = 24 * 60


def usual_days(source: Source, search: SavedSearch, *, days: int) -> None:
    """A match every two hours; then the past is learned from."""
    hear(source, "My refund", minutes=0)
    mention = Mention.objects.get()
    SearchMatch.objects.all().delete()
    fill(search, mention, [120 * n for n in range(days * 12)])
    SavedSearch.objects.filter(pk=search.pk).update(past_total=0)
    look_through(search, minutes=days * DAY)


def fill(search: SavedSearch, mention: Mention, minutes: list[float]) -> None:
    """Matches at these minutes, whatever of: bursts look at nothing but their times."""
    last = SearchMatch.objects.count()
    SearchMatch.objects.bulk_create(
        SearchMatch(
            workspace_id=search.workspace_id, search=search, mention_id=mention.pk + 1000 + last + n, at=at(minute)
        )
        for n, minute in enumerate(minutes)
    )


@pytest.fixture
def lead(source: Source) -> Agent:
    agent = Agent.objects.create_user("lea@harbour.example", name="Lea")
    Membership.objects.create(workspace=source.workspace, agent=agent, role=Role.LEAD)
    other = Agent.objects.create_user("ana@harbour.example", name="Ana")
    Membership.objects.create(workspace=source.workspace, agent=other, role=Role.AGENT)
    return agent


def test_a_burst_is_noticed_once_and_leads_are_told(source: Source, lead: Agent) -> None:
    search = save(source)
    usual_days(source, search, days=8)
    assert not SearchBurst.objects.exists()
    begin = 8 * DAY
    fill(search, Mention.objects.get(), [begin + 20 + n / 4 for n in range(120)])  # four a minute for half an hour
    for minute in range(0, 90, 5):
        watch_searches(workspace_id=source.workspace_id, now=at(begin + minute))
    burst = SearchBurst.objects.get()
    assert at(begin + 15) <= burst.since <= at(begin + 25)
    assert burst.observed > 10 * burst.expected
    assert FactRow.objects.filter(kind="BurstNoticed").count() == 1
    assert list(Notice.objects.values_list("agent", "kind")) == [(lead.pk, "burst")]


def test_a_search_without_an_alarm_keeps_its_bursts_to_the_page(source: Source, lead: Agent) -> None:
    search = save(source)
    usual_days(source, search, days=8)
    for _twice in range(2):
        set_alarm(search=search, alarm=False, by=lead, now=at(1))
    assert FactRow.objects.get(kind="SearchAlarmSet").actor_id == lead.pk
    fill(search, Mention.objects.get(), [8 * DAY + 20 + n / 4 for n in range(120)])
    watch_searches(workspace_id=source.workspace_id, now=at(8 * DAY + 60))
    assert SearchBurst.objects.count() == 1
    assert not Notice.objects.exists()


def test_after_a_standstill_every_bin_is_taken_and_none_twice(source: Source, lead: Agent) -> None:
    search = save(source)
    usual_days(source, search, days=8)
    fill(search, Mention.objects.get(), [8 * DAY + 20 + n / 4 for n in range(120)])
    late = at(9 * DAY)
    assert watch_searches(workspace_id=source.workspace_id, now=late) == 1
    assert watch_searches(workspace_id=source.workspace_id, now=late) == 0
    assert watch_searches(workspace_id=source.workspace_id, now=late + timedelta(seconds=BIN)) == 0


def test_a_rise_whose_posts_come_late_is_noticed_once_with_typical_ones(source: Source, lead: Agent) -> None:
    search = save(source)
    usual_days(source, search, days=8)
    begin = 8 * DAY
    watch_searches(workspace_id=source.workspace_id, now=at(begin + 85))  # the source was silent until now
    assert not SearchBurst.objects.exists()
    for part in (20, 25, 30, 35):
        orders = [f"My refund is late since order {part}{n} was cancelled" for n in range(10)]
        hear(source, *orders, minutes=begin + part)
    for minute in range(90, 240, 5):
        watch_searches(workspace_id=source.workspace_id, now=at(begin + minute))
    burst = SearchBurst.objects.get()
    assert at(begin + 15) <= burst.since <= at(begin + 50)
    assert burst.noticed_at <= at(begin + 55)
    assert Notice.objects.filter(agent=lead).count() == 1
    shown = Mention.objects.filter(pk__in=[voice["mention_id"] for voice in burst.typical])
    assert 1 <= len(shown) <= 3
    assert all("cancelled" in mention.text for mention in shown)


def test_what_comes_after_its_time_is_over_is_not_counted(source: Source, lead: Agent) -> None:
    search = save(source)
    usual_days(source, search, days=8)
    watch_searches(workspace_id=source.workspace_id, now=at(8 * DAY + 300))
    fill(search, Mention.objects.get(), [8 * DAY + 20 + n / 4 for n in range(120)])  # four hours late
    for minute in range(305, 400, 5):
        watch_searches(workspace_id=source.workspace_id, now=at(8 * DAY + minute))
    assert not SearchBurst.objects.exists()
