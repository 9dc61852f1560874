"""What a house wants of its drafts."""

from __future__ import annotations

from django.db import models

from goodword.honesty.flags import FLAGS, Approver, Level
from goodword.staff.models import Scoped, ScopedQuerySet


class Policy(Scoped):
    """What one flag does to a draft here."""

    flag = models.CharField(max_length=20, choices=[(name, flag.label) for name, flag in FLAGS.items()])
    level = models.CharField(max_length=5, choices=Level.choices)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "flag"], name="one_policy_a_flag")]

    def __str__(self) -> str:
        return f"{self.flag}: {self.level}"


class HouseRules(Scoped):
    """Words and figures that checks go by; a workspace without a row goes by what stands here."""

    confidential = models.TextField(blank=True)  # a word or phrase a line
    same_hours = models.PositiveSmallIntegerField(default=24)  # so far back the same words are looked for
    same_cases = models.PositiveSmallIntegerField(default=5)  # said to so many others, they are the same to many
    most_offers = models.PositiveSmallIntegerField(default=1)  # to one customer within `offer_days`
    offer_days = models.PositiveSmallIntegerField(default=30)
    feed_offers = models.PositiveSmallIntegerField(
        default=3, db_default=3
    )  # in public, in one channel, within `feed_days`
    approver = models.CharField(
        max_length=5, choices=Approver.choices, default=Approver.LEAD, db_default=Approver.LEAD.value
    )
    feed_days = models.PositiveSmallIntegerField(default=7, db_default=7)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace"], name="one_set_of_house_rules")]

    def __str__(self) -> str:
        return f"rules of workspace {self.workspace_id}"

    @property
    def confidential_words(self) -> list[str]:
        """The words and phrases, without empty lines."""
        return [line.strip() for line in self.confidential.splitlines() if line.strip()]
