"""Topics: what people talk about that no search names yet."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from goodword.language.searches.limits import SEARCH_LENGTH
from goodword.staff.models import Scoped, ScopedQuerySet


class TopicReview(Scoped):
    """The last look through what was said lately: one a workspace."""

    # What was said in this time was looked at; `until` is long ago where nothing was heard lately.
    since = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_at = models.DateTimeField()
    looked_at = models.PositiveIntegerField()  # mentions that no search matches
    newest_at = models.DateTimeField(null=True)  # when the newest mention was said
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace"], name="one_topic_review_a_workspace")]

    def __str__(self) -> str:
        return f"topics of workspace {self.workspace_id} at {self.reviewed_at}"


class Topic(Scoped):
    """Something that several people talk about, as of the last review. It stays the same from review to review."""

    place = models.PositiveSmallIntegerField()  # in the list: what is new or rises comes first
    phrases = ArrayField(models.CharField(max_length=200))  # that name it, as people write them
    wordings = ArrayField(models.CharField(max_length=200))  # it is known again by these
    search = models.CharField(max_length=SEARCH_LENGTH)  # finds what it is about
    mentions = models.PositiveIntegerField()
    voices = models.PositiveIntegerField()  # mentions, all that say the same counted once
    people = models.PositiveIntegerField()
    negative = models.PositiveIntegerField()
    neutral = models.PositiveIntegerField()
    positive = models.PositiveIntegerField()
    is_new = models.BooleanField()
    is_rising = models.BooleanField()
    growth = models.FloatField()
    first_at = models.DateTimeField()  # said first in the time that was looked at
    last_at = models.DateTimeField()
    steps = ArrayField(models.PositiveIntegerField())  # mentions in equal parts of that time, the oldest first
    typical = models.JSONField()  # voices to show for it, as an exploration tells them
    found_at = models.DateTimeField()  # by the first review that told of it
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "place"], name="topics_in_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is about."""
        return " · ".join(self.phrases)


class TopicBurst(Scoped):
    """A topic was talked about far more than usual."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="bursts", db_index=False)
    since = models.DateTimeField()  # the rise began
    noticed_at = models.DateTimeField()  # the end of the hour that showed it
    observed = models.FloatField()  # mentions from `since` to `noticed_at`
    expected = models.FloatField()
    confidence = models.FloatField()
    typical = models.JSONField(default=list, db_default=[])  # mentions to show, as `explore.Voice`s
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "topic", "noticed_at"], name="one_burst_of_a_topic_at_once")
        ]

    def __str__(self) -> str:
        return f"burst of topic {self.topic_id} since {self.since}"
