"""Sources: where we listen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.connectors.contract import Capabilities, Connector
from goodword.connectors.registry import BrokenConnector, UnknownConnector, connector
from goodword.kernel.seal import unseal
from goodword.listen.hook_keys import hook_address
from goodword.staff.models import Scoped, ScopedQuerySet

_CLOSED = Capabilities(can_listen=False, can_reply=False, icon="circle-alert")


class Source(Scoped):
    """One mailbox, account, widget or file that is listened to through a connector."""

    class State(models.TextChoices):
        LISTENING = "listening", _("listening")
        FAILING = "failing", _("failing")  # tried again by itself
        STOPPED = "stopped", _("stopped")  # by a person, or finally refused; `error` says which
        FINISHED = "finished", _("finished")  # a file that was read to its end

    WANTED = (State.LISTENING, State.FAILING)  # shall be heard

    connector_key = models.CharField(max_length=40)
    # The name that identities are found under: two mailboxes share it, two networks don't.
    channel = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    settings = models.JSONField(default=dict)
    sealed_secrets = models.BinaryField(default=b"", editable=False)
    # The secrets before the last change: what a network signs with them counts until then, as rotating takes time.
    sealed_earlier = models.BinaryField(default=b"", db_default=b"", editable=False)
    earlier_until = models.DateTimeField(null=True)
    cursor = models.JSONField(default=dict)
    understood_id = models.BigIntegerField(default=0)  # raw items up to this one have been understood
    state = models.CharField(max_length=10, choices=State.choices, default=State.LISTENING)
    error = models.TextField(blank=True)
    last_heard_at = models.DateTimeField(null=True)  # the last item
    last_alive_at = models.DateTimeField(null=True)  # the last sign that listening works, an item or not
    learned = models.JSONField(default=dict, db_default={})  # what the network says of itself; see `Delivery.learned`
    quotas = models.JSONField(default=list, db_default=[])  # what is left of its limits; see `Quota`
    quiet_since = models.DateTimeField(null=True)  # it has been silent for longer than is usual, and leads were told
    created_at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="one_source_of_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def connector(self) -> Connector:
        """The connector behind it."""
        return connector(self.connector_key)

    def full_settings(self) -> dict[str, Any]:
        """Settings with the secrets, for the connector's eyes only."""
        told = {"learned": self.learned, "hook": hook_address(self.pk)}
        return {**self.settings, **unseal(bytes(self.sealed_secrets)), **told}

    def earlier_settings(self, now: datetime) -> dict[str, Any] | None:
        """As `full_settings`, with the secrets before the last change; None where those count no more."""
        if self.earlier_until is None or now >= self.earlier_until:
            return None
        return {**self.full_settings(), **unseal(bytes(self.sealed_earlier))}

    @property
    def capabilities(self) -> Capabilities:
        """What can be done here, and within which limits: nothing while the connector is not installed, or broken."""
        try:
            return self.connector.capabilities({**self.settings, "learned": self.learned})
        except (UnknownConnector, BrokenConnector):
            return _CLOSED


class HeardHour(Scoped):
    """An hour in which something came in: the habit of a source, which its silence is held against."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="heard_hours", db_index=False)
    hour = models.DateTimeField()  # its beginning
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "hour"], name="one_heard_hour")]

    def __str__(self) -> str:
        return f"source {self.source_id} was heard at {self.hour}"
