"""Every verb that changes a promise reads it under its row's lock first."""

from __future__ import annotations

from goodword.promises.models import Promise


class PromiseMovedOn(Exception):
    """The promise stands otherwise by now; the message says how, and what can be done."""


def lock_promise(promise: Promise) -> Promise:
    """The row as it stands, locked until the transaction ends."""
    return Promise.objects.select_for_update(of=("self",)).get(pk=promise.pk)
