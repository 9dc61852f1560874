"""Mentions: things that were said, by customers about or to the brand, and by the brand."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.connectors.contract import Direction, Kind
from goodword.listen.models.intake import RawItem
from goodword.listen.models.source import Source
from goodword.listen.models.thread import Thread
from goodword.people.models import Identity
from goodword.staff.models import Scoped, ScopedQuerySet


class Disposition(models.TextChoices):
    """What became of a mention. Every one ends in one of these."""

    CASE = "case", _("part of a case")
    ANSWERED = "answered", _("answered")
    NO_REPLY_NEEDED = "no_reply_needed", _("no reply needed")
    SPAM = "spam", _("spam")
    PRAISE_KEPT = "praise_kept", _("praise, kept")
    OWN = "own", _("our own words")


class Sentiment(models.IntegerChoices):
    """How a mention reads as a whole. Where no reader could tell, there is none."""

    NEGATIVE = -1, _("negative")
    NEUTRAL = 0, _("neutral")
    POSITIVE = 1, _("positive")


class MentionQuerySet(ScopedQuerySet["Mention"]):
    """Questions to mentions."""

    def undecided(self) -> Self:
        """Those that nobody has looked at yet."""
        return self.filter(disposition="")

    def heard(self, *, since: datetime, until: datetime) -> Self:
        """What customers said from one moment up to another, and did not take back."""
        return self.filter(direction=Direction.IN.value, deleted_at=None, at__gte=since, at__lt=until)


# What pages of conversations don't show of a mention. Half of what there is of it, and of the time of loading it.
UNSHOWN = ("html", "references", "addressed", "extra", "reading", "thread_scope", "parent_external_id", "read_lang")


class Mention(Scoped):
    """One thing that was said. `text` is what was heard, unchanged; edits keep what stood there before."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="+", db_index=False)
    raw = models.ForeignKey(RawItem, models.SET_NULL, null=True, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="mentions", db_index=False)
    identity = models.ForeignKey(Identity, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=40)
    external_id = models.CharField(max_length=400)
    parent_external_id = models.CharField(max_length=400, blank=True)
    references = ArrayField(models.CharField(max_length=400), default=list)
    thread_scope = models.CharField(max_length=320, blank=True)
    direction = models.CharField(max_length=3, choices=[(d.value, d.value) for d in Direction])
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    private = models.BooleanField(default=False)
    automatic = models.BooleanField(default=False)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)  # as received; never shown before it is sanitised
    addressed = ArrayField(models.CharField(max_length=320), default=list)
    lang = models.CharField(max_length=16, blank=True)
    url = models.TextField(blank=True)
    rating = models.FloatField(null=True)
    extra = models.JSONField(default=dict)
    reading = models.JSONField(null=True)  # how it reads: sentiment, complaint, urgency …; see triage
    # What charts count of the reading. Without a sentiment: not read, our own, or "can't tell". `lang` is what the
    # network said; `read_lang` an ISO 639 code or `und`, as read from the words.
    sentiment = models.SmallIntegerField(null=True, choices=Sentiment.choices)
    read_lang = models.CharField(max_length=8, null=True)
    at = models.DateTimeField()  # when it was said, by the network's clock
    received_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    disposition = models.CharField(max_length=16, choices=Disposition.choices, blank=True)
    disposition_reason = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("staff.Agent", models.PROTECT, null=True, related_name="+", db_index=False)
    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "source", "external_id"], name="one_mention_an_external_id")
        ]
        indexes = [
            models.Index(fields=["workspace", "thread", "at", "id"], name="mentions_of_thread"),
            models.Index(fields=["workspace", "identity", "at"], name="mentions_of_identity"),
            models.Index(fields=["workspace", "-at", "-id"], name="mentions_by_time"),
            models.Index(fields=["source", "id"], condition=models.Q(disposition=""), name="mentions_undecided"),
            # A parent that comes late finds its children by this.
            models.Index(
                fields=["workspace", "source", "parent_external_id"],
                condition=~models.Q(parent_external_id=""),
                name="mentions_by_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"mention {self.external_id}"

    @property
    def words(self) -> str:
        """What was said, as readers take it: the title, where there is one, before the text."""
        return f"{self.title}\n{self.text}" if self.title else self.text

    @property
    def inbound(self) -> bool:
        """Whether a customer said it."""
        return self.direction == Direction.IN


class MentionEdit(Scoped):
    """What stood in a mention before it was edited."""

    mention = models.ForeignKey(Mention, models.CASCADE, related_name="edits")
    raw = models.ForeignKey(RawItem, models.SET_NULL, null=True, related_name="+", db_index=False)  # that told of it
    text_before = models.TextField()
    title_before = models.TextField(db_default="")
    noticed_at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"edit of mention {self.mention_id}"
