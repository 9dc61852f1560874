"""Proof that two accounts are of one person: a code that was sent to one and is said by the other."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goodword.people.models.identity import Identity
from goodword.people.models.merge import PersonMerge
from goodword.people.models.person import Person
from goodword.staff.models import Scoped, ScopedQuerySet


class ControlProof(Scoped):
    """A code was sent to `asked` in private; who says it as `other` has both accounts in their hands."""

    asked = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    code_digest = models.CharField(max_length=64)  # the code itself stands in the message alone
    by = models.ForeignKey("staff.Agent", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    proven_by = models.ForeignKey(Identity, models.CASCADE, null=True, related_name="+")
    proven_at = models.DateTimeField(null=True)
    merge = models.ForeignKey(PersonMerge, models.SET_NULL, null=True, related_name="+")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="proofs_waited_for", condition=Q(proven_at=None))]

    def __str__(self) -> str:
        return f"a code at identity {self.asked_id} for person {self.other_id}"
