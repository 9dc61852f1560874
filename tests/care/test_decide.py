"""Confirmed, disputed, lapsed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.care.decide import (
    MovedOn,
    confirm_resolution,
    dispute_by_link,
    dispute_resolution,
    lapse_due,
    raised,
)
from goodword.care.models import Case, Delivery, Episode, Message, Priority, Resolution, State
from goodword.care.reopen import reopen_case
from goodword.care.resolve import resolve_case
from goodword.care.review_risk import review_risk
from goodword.connectors.contract import Purpose
from goodword.listen.models import Mention
from goodword.staff.models import Notice, TeamMember
from goodword.triage.reading import Reading
from tests.care.world import World, at, current_episode, fresh

DAY = 24 * 60


def resolved(
    world: World, *, when: float = 10, asked: bool = True, arrived: bool = False, **fields: object
) -> tuple[Case, Episode]:
    case = world.case(**fields)
    episode = resolve_case(case=case, by=world.agent(f"Ana{case.number}"), ask=False, now=at(when))
    if asked:
        Episode.objects.filter(pk=episode.pk).update(resolution=Resolution.PROPOSED)
    if arrived:
        closing_message(case, when=when)
    return fresh(case), Episode.objects.get(pk=episode.pk)


def closing_message(case: Case, *, when: float) -> None:
    Message.objects.create(
        workspace_id=case.workspace_id,
        case=case,
        episode=current_episode(case),
        kind="reply",
        purpose=Purpose.RESOLUTION,
        text="Is it solved?",
        delivery=Delivery.SENT,
        at=at(when),
    )


def test_the_customer_confirms(world: World) -> None:
    case, episode = resolved(world)
    for minute in (20, 21):
        confirm_resolution(episode=episode, words=" Yes, thanks! ", now=at(minute))
    episode.refresh_from_db()
    assert (episode.resolution, episode.decided_at) == (Resolution.CONFIRMED, at(20))
    assert episode.customer_words == "Yes, thanks!"
    assert fresh(case).state == State.RESOLVED
    assert world.facts(case).count("ResolutionConfirmed") == 1


@pytest.mark.parametrize("before", ["", Resolution.PROPOSED, Resolution.CONFIRMED, Resolution.LAPSED])
def test_a_dispute_reopens_with_raised_priority_whatever_stood_there(world: World, before: str) -> None:
    case, episode = resolved(world)
    ana = world.agent("Ana")
    Case.objects.update(assignee=ana)
    Episode.objects.update(resolution=before)
    new = dispute_resolution(episode=episode, words="It broke again", now=at(20))
    episode.refresh_from_db()
    assert (episode.resolution, episode.decided_at) == (Resolution.DISPUTED, at(20))
    assert episode.customer_words == "It broke again"
    assert (new.number, new.case_id, new.opened_at, new.resolution) == (2, case.pk, at(20), "")
    assert (fresh(case).state, fresh(case).priority) == (State.OPEN, Priority.HIGH)
    notice = Notice.objects.get()
    assert (notice.agent, notice.kind, notice.subject) == (ana, Notice.Kind.DISPUTED, f"case:{case.pk}")
    assert world.facts(case) == ["ResolutionProposed", "CaseReopened", "ResolutionDisputed"]


def test_where_nobody_has_the_case_the_team_is_told(world: World) -> None:
    team, ana, ben = world.team(), world.agent("Ana"), world.agent("Ben")
    for agent in (ana, ben):
        TeamMember.objects.create(workspace=world.workspace, team=team, agent=agent)
    _case, episode = resolved(world, team=team)
    dispute_resolution(episode=episode, now=at(20))
    assert set(Notice.objects.values_list("agent", flat=True)) == {ana.pk, ben.pk}


def test_by_the_link_the_words_become_the_customers_message_and_somebody_waits(world: World) -> None:
    case, episode = resolved(world)
    new = dispute_by_link(episode=episode, words="Still no parcel", now=at(20))
    message = Message.objects.get(episode=new)
    assert (message.kind, message.text, message.private) == ("inbound", "Still no parcel", True)
    assert (fresh(case).state, fresh(case).last_inbound_id) == (State.OPEN, message.pk)
    assert (fresh(case).waiting_since, fresh(case).snippet) == (at(0), "Still no parcel")


def test_a_word_on_an_episode_that_is_over_says_that_we_are_at_it_again(world: World) -> None:
    _case, episode = resolved(world)
    dispute_resolution(episode=episode, now=at(20))
    for verb in (confirm_resolution, dispute_resolution, dispute_by_link):
        with pytest.raises(MovedOn):
            verb(episode=episode, now=at(21))
    assert Episode.objects.get(pk=episode.pk).resolution == Resolution.DISPUTED


def test_the_word_on_a_case_that_was_merged_goes_to_the_one_that_stands(world: World) -> None:
    gone, episode = resolved(world)
    kept, _episode = resolved(world)
    Case.objects.filter(pk=gone.pk).update(merged_into=kept)
    new = dispute_resolution(episode=Episode.objects.get(pk=episode.pk), now=at(20))
    assert (new.case_id, fresh(kept).state) == (kept.pk, State.OPEN)
    assert Episode.objects.get(pk=episode.pk).resolution == Resolution.DISPUTED


def test_an_old_link_of_a_merged_case_has_one_dispute(world: World) -> None:
    gone, episode = resolved(world)
    kept, _episode = resolved(world)
    Case.objects.filter(pk=gone.pk).update(merged_into=kept)
    dispute_resolution(episode=Episode.objects.get(pk=episode.pk), now=at(20))
    resolve_case(case=fresh(kept), by=None, ask=False, now=at(30))
    for verb in (confirm_resolution, dispute_resolution):
        with pytest.raises(MovedOn):
            verb(episode=Episode.objects.get(pk=episode.pk), now=at(40))
    assert Episode.objects.get(pk=episode.pk).resolution == Resolution.DISPUTED
    assert fresh(kept).state == State.RESOLVED


def test_an_episode_that_was_gone_on_from_before_a_merge_decides_nothing(world: World) -> None:
    gone, episode = resolved(world)
    reopen_case(case=gone, by=None, now=at(15))
    kept, _episode = resolved(world)
    Case.objects.filter(pk=gone.pk).update(merged_into=kept)
    with pytest.raises(MovedOn):
        confirm_resolution(episode=Episode.objects.get(pk=episode.pk), now=at(20))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Resolution.PROPOSED, Resolution.CONFIRMED),
        (Resolution.LAPSED, Resolution.CONFIRMED),
        ("", ""),
    ],
)
def test_confirmed_by_the_link_of_a_merged_case_is_what_was_asked_of_the_one_that_stands(
    world: World, before: str, after: str
) -> None:
    gone, episode = resolved(world)
    kept, standing = resolved(world)
    Episode.objects.filter(pk=standing.pk).update(resolution=before)
    Case.objects.filter(pk=gone.pk).update(merged_into=kept)
    confirm_resolution(episode=Episode.objects.get(pk=episode.pk), now=at(20))
    assert [Episode.objects.get(pk=one.pk).resolution for one in (episode, standing)] == [Resolution.CONFIRMED, after]


def test_a_proposal_lapses_after_five_days_and_not_before(world: World) -> None:
    case, episode = resolved(world, when=0, arrived=True)
    _unasked = resolved(world, when=0, asked=False)
    assert lapse_due(now=at(5 * DAY - 1)) == 0
    assert [lapse_due(now=at(5 * DAY)), lapse_due(now=at(6 * DAY))] == [1, 0]
    episode.refresh_from_db()
    assert (episode.resolution, episode.decided_at) == (Resolution.LAPSED, at(5 * DAY))
    assert world.facts(case) == ["ResolutionProposed", "ResolutionLapsed"]
    assert fresh(case).state == State.RESOLVED


def test_a_reopening_by_other_words_leaves_nothing_to_lapse(world: World) -> None:
    case, episode = resolved(world, when=0, arrived=True)
    reopen_case(case=case, by=None, now=at(DAY))
    assert lapse_due(now=at(6 * DAY)) == 0
    again = resolve_case(case=fresh(case), by=world.agent("Ben"), ask=False, now=at(7 * DAY))
    assert lapse_due(now=at(20 * DAY)) == 0
    assert {Episode.objects.get(pk=one.pk).resolution for one in (episode, again)} == {Resolution.PROPOSED, ""}
    assert "ResolutionLapsed" not in world.facts(case)


def test_a_resolution_of_a_case_that_was_merged_lapses_only_while_the_one_that_stands_is_resolved(world: World) -> None:
    gone, _episode = resolved(world, when=0, arrived=True)
    Case.objects.filter(pk=gone.pk).update(merged_into=world.case())
    assert lapse_due(now=at(6 * DAY)) == 0
    Case.objects.filter(merged_into=None).update(state=State.RESOLVED)
    assert lapse_due(now=at(6 * DAY)) == 1


def test_lapsing_goes_in_portions(world: World) -> None:
    for _ in range(3):
        resolved(world, when=0, arrived=True)
    assert [lapse_due(now=at(9 * DAY), limit=2) for _ in range(3)] == [2, 1, 0]


@given(st.sampled_from(Priority))
def test_a_dispute_never_lowers_the_priority_and_the_second_makes_it_urgent(priority: Priority) -> None:
    assert raised(priority) >= max(priority, Priority.HIGH)
    assert raised(raised(priority)) == Priority.URGENT


def test_the_episode_goes_on_from_two(world: World) -> None:
    case, episode = resolved(world)
    dispute_resolution(episode=episode, now=at(20))
    again = resolve_case(case=case, by=world.agent("Ben"), ask=False, now=at(30))
    dispute_resolution(episode=again, now=at(40))
    assert (current_episode(case).number, fresh(case).priority) == (3, Priority.URGENT)


def test_a_dispute_raises_the_risk_and_a_closer_reading_keeps_that(world: World) -> None:
    case, episode = resolved(world)
    said = Message.objects.filter(case=case).values("mention")
    Mention.objects.filter(pk__in=said).update(reading=Reading(0.5, 0, 0, 0, 0, 0, 0, 2.0, 1.0).as_json())
    review_risk(case, at(15))
    before = fresh(case).risk
    dispute_by_link(episode=episode, words="It broke again", now=at(20))
    disputed = fresh(case)
    assert disputed.risk >= before + 30
    assert "not_solved" in [part["reason"] for part in disputed.risk_parts]
    review_risk(disputed, at(21))
    assert fresh(case).risk == disputed.risk
