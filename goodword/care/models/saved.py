"""What agents keep for reuse."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class SavedReply(Scoped):
    """A text with variables such as {{customer.first_name}}, found in the composer by typing its shortcut after /."""

    shortcut = models.SlugField(_("shortcut"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    used = models.IntegerField(default=0)
    updated_at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "shortcut"], name="one_reply_a_shortcut")]

    def __str__(self) -> str:
        return self.title


class SavedView(Scoped):
    """A named query string of the inbox. Without an owner it belongs to everyone."""

    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)  # what stands in the address after "?"
    owner = models.ForeignKey(Agent, models.CASCADE, null=True, related_name="+")
    position = models.SmallIntegerField(default=0)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "position", "id"], name="views_in_order")]

    def __str__(self) -> str:
        return self.name
