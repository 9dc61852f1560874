"""Messages: what was said within a case, by the customer, by us, and among ourselves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.care.customer_links import without_customer_links
from goodword.care.models.case import Case
from goodword.care.models.episode import Episode
from goodword.connectors.contract import Purpose
from goodword.listen.models import Mention
from goodword.promises.models import Promise
from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class MessageKind(models.TextChoices):
    """Who speaks to whom."""

    INBOUND = "inbound", _("from the customer")
    REPLY = "reply", _("reply")
    NOTE = "note", _("internal note")


class Delivery(models.TextChoices):
    """How far a reply came. It only moves forward; `failed` may be sent again."""

    HELD = "held", _("waits for approval")  # until somebody else has seen it
    QUEUED = "queued", _("sending soon")  # in the outbox, can be undone
    SENDING = "sending", _("sending")
    SENT = "sent", _("sent")
    DELIVERED = "delivered", _("delivered")
    READ = "read", _("seen")
    FAILED = "failed", _("not sent")
    UNDONE = "undone", _("undone")


class Message(Scoped):
    """One message of a case. Words that were heard stay in their mention; `text` holds our own."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="messages", db_index=False)
    episode = models.ForeignKey(Episode, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=MessageKind.choices)
    at = models.DateTimeField()
    mention = models.OneToOneField(Mention, models.PROTECT, null=True, related_name="+")
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    private = models.BooleanField(default=False)
    automatic = models.BooleanField(default=False)  # written by the house: never counts as a first response
    answers = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", db_index=False)
    # Only replies have what follows.
    purpose = models.CharField(
        max_length=10,
        choices=[(purpose.value, purpose.value) for purpose in Purpose],
        default=Purpose.REPLY.value,
        db_default=Purpose.REPLY.value,
    )
    delivery = models.CharField(max_length=10, choices=Delivery.choices, blank=True)
    idempotency_key = models.CharField(max_length=80, null=True)
    send_at = models.DateTimeField(null=True)  # when the outbox looks at it (next); until then it can be undone
    attempts = models.SmallIntegerField(default=0)
    attempted_at = models.DateTimeField(null=True)
    external_id = models.CharField(max_length=400, blank=True)
    failure = models.TextField(blank=True)  # why, and what to do; of a held reply, why it is held
    word = models.JSONField(null=True)  # what its writer confirmed: see `given_word`
    promises = models.ManyToManyField(Promise, related_name="+")  # that it has made
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "idempotency_key"],
                condition=models.Q(idempotency_key__isnull=False),
                name="one_reply_a_key",
            )
        ]
        indexes = [
            models.Index(fields=["case", "at", "id"], name="messages_of_case"),
            models.Index(
                fields=["workspace", "-at"],
                condition=models.Q(kind="reply", private=False),
                name="public_replies_by_time",
            ),
            models.Index(fields=["send_at"], condition=models.Q(delivery__in=["queued", "sending"]), name="outbox"),
            models.Index(fields=["workspace", "at"], condition=models.Q(delivery="held"), name="replies_held"),
            models.Index(fields=["workspace", "case"], condition=models.Q(delivery="failed"), name="replies_failed"),
            models.Index(
                fields=["workspace", "external_id"], condition=~models.Q(external_id=""), name="replies_by_external_id"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def words(self) -> str:
        """What was said, whoever said it, as staff read it: without the link that speaks for the customer."""
        return without_customer_links(self.mention.text if self.mention is not None else self.text)


class Enclosure(Scoped):
    """A file that goes out with a reply, or lies with a draft that isn't sent yet."""

    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="enclosures")
    draft_case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    filename = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    stored_as = models.CharField(max_length=100)
    size = models.BigIntegerField()  # bytes
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "stored_as"], name="enclosures_by_name")]

    def __str__(self) -> str:
        return self.filename
