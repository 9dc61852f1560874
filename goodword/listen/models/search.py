"""Saved searches: what is listened for, what matched, and when it was talked about more than usual."""

from __future__ import annotations

from typing import Self

from django.db import models

from goodword.language.searches.limits import SEARCH_LENGTH
from goodword.listen.models.mention import Mention
from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class SavedSearchQuerySet(ScopedQuerySet["SavedSearch"]):
    """Questions to saved searches."""

    def active(self) -> Self:
        """Those that what is said is held against."""
        return self.filter(active=True)


class SavedSearch(Scoped):
    """A search that everything customers say is held against, from when it was saved and back into the past."""

    name = models.CharField(max_length=80)
    text = models.CharField(max_length=SEARCH_LENGTH)  # as typed; it parses
    active = models.BooleanField(default=True)
    opens_cases = models.BooleanField(default=False)  # what it matches gets a case though nothing else asks for one
    alarm = models.BooleanField(default=True)  # leads are told of bursts
    created_by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)  # a worker that holds an older one compiles it anew
    # Of the stored past: how many mentions are to be looked at (null: not counted yet), and how many have been.
    past_total = models.PositiveIntegerField(null=True)
    past_seen = models.PositiveIntegerField(default=0)
    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="one_search_of_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def knows_the_past(self) -> bool:
        """Whether all of the stored past has been looked at."""
        return self.past_total is not None and self.past_seen >= self.past_total


class SearchMatch(Scoped):
    """A mention that a search matches. `at` is the mention's, so that counting by time needs no look at it."""

    # No constraints in the database: rows come in by the thousand from one verb that holds both.
    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    mention = models.ForeignKey(Mention, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            # The mention leads: an edited one is looked up by it.
            models.UniqueConstraint(fields=["workspace", "mention", "search"], name="one_match_a_mention_and_search")
        ]
        indexes = [models.Index(fields=["workspace", "search", "-at"], name="matches_of_search")]

    def __str__(self) -> str:
        return f"mention {self.mention_id} matches search {self.search_id}"


class SearchWatch(Scoped):
    """What the burst detector has learned of a search's usual volume, up to and including a bin. Later ones are looked
    at, but not learned from yet: more of what was said in them may still come in.
    """

    search = models.OneToOneField(SavedSearch, models.CASCADE, related_name="+")
    bin_index = models.BigIntegerField()
    state = models.BinaryField()
    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"watch over search {self.search_id}"


class SearchBurst(Scoped):
    """A search was matched far more often than usual."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="bursts", db_index=False)
    since = models.DateTimeField()  # the rise began
    noticed_at = models.DateTimeField()  # the end of the bin that showed it
    observed = models.FloatField()  # mentions from `since` to `noticed_at`
    expected = models.FloatField()
    confidence = models.FloatField()
    typical = models.JSONField(default=list, db_default=[])  # mentions to show, as `explore.Voice`s
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "search", "noticed_at"], name="one_burst_of_a_search_at_once")
        ]

    def __str__(self) -> str:
        return f"burst of search {self.search_id} since {self.since}"


class Exploration(Scoped):
    """A question of the listening page to the worker, and its answer. Kept for minutes."""

    key = models.CharField(max_length=64)  # digest of the question
    text = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    step = models.PositiveIntegerField()  # seconds that a bar of the chart stands for
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.JSONField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="one_exploration_a_question")]
        indexes = [models.Index(fields=["asked_at"], name="explorations_by_age")]

    def __str__(self) -> str:
        return f"exploration {self.key[:8]}"
