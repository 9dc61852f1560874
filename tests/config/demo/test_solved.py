"""The demo brand has a week behind it, in which some was solved and some only seemed so."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from goodword.care.models import Case, Episode, Rating, Resolution, State
from goodword.config.demo import make_demo
from goodword.config.demo.solved import ENDINGS

pytestmark = pytest.mark.django_db


def test_each_ending_was_decided_by_its_customer_and_the_disputed_case_is_open() -> None:
    now = timezone.now()
    workspace = make_demo(now=now)
    episodes = Episode.objects.of(workspace).exclude(resolution="")
    decided = Counter(episodes.values_list("resolution", flat=True))
    happy = [ending for ending in ENDINGS if ending.solved is not None]
    assert decided == {Resolution.CONFIRMED: len(happy), Resolution.DISPUTED: len(ENDINGS) - len(happy)}
    ratings = sorted(Rating.objects.of(workspace).values_list("solved", "person"))
    assert ratings == sorted((ending.solved, ending.person) for ending in happy)
    assert all(now - timedelta(days=7) < one.decided_at < now for one in episodes if one.decided_at)
    disputed = Case.objects.of(workspace).get(episodes__resolution=Resolution.DISPUTED)
    assert disputed.state == State.OPEN
