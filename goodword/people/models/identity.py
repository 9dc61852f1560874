"""Identities: who a network says someone is."""

from __future__ import annotations

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Lower

from goodword.people.models.person import Person
from goodword.staff.models import Scoped, ScopedQuerySet


def display_name(name: str, handle: str, native_id: str) -> str:
    """What a page calls somebody, from what their channel says of them; lists that read values alone ask here too."""
    return name or (f"@{handle}" if handle else native_id)


class Identity(Scoped):
    """One account on one channel, found by its native id. Cases point here; the person is found through it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="identities")
    channel = models.CharField(max_length=40)
    native_id = models.CharField(max_length=320)  # as long as an e-mail address may be
    handle = models.CharField(max_length=320, blank=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=320, blank=True)
    followers = models.BigIntegerField(null=True)
    verified = models.BooleanField(default=False)  # the channel vouches that it is really them
    ours = models.BooleanField(default=False)  # an account of the brand itself, not a customer
    first_seen_at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "channel", "native_id"], name="one_identity_a_native_id")
        ]
        indexes = [
            models.Index(fields=["workspace", "person"], name="identities_of_person"),
            # Found by what somebody types, whatever the case of the letters.
            models.Index("workspace", OpClass(Lower("handle"), name="text_pattern_ops"), name="identity_by_handle"),
            models.Index("workspace", OpClass(Lower("name"), name="text_pattern_ops"), name="identity_by_name"),
            models.Index(fields=["workspace", "email"], name="identity_by_email", condition=~models.Q(email="")),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """What their channel calls them."""
        return display_name(self.name, self.handle, self.native_id)

    @property
    def customer_name(self) -> str:
        """What a page calls the customer who speaks here: as colleagues named them, else as this channel does.

        Lists read `person` along.
        """
        return self.person.name or self.display_name

    @property
    def real_name(self) -> str:
        """What a greeting may call them; empty where all that is known is a handle or an address."""
        is_a_name = "@" not in self.name and self.name.lower() not in (self.handle.lower(), self.native_id.lower())
        return self.person.name or (self.name if is_a_name else "")
