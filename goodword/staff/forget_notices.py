"""Notices that were read long ago go: what happened stays as facts."""

from __future__ import annotations

from datetime import datetime

from goodword.staff.models import Notice


def forget_notices(*, before: datetime, limit: int) -> int:
    """Delete up to `limit` notices of all workspaces that were read before a moment; how many."""
    old = Notice.objects.filter(read_at__lt=before).order_by("pk").values("pk")[:limit]
    gone, _details = Notice.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return gone
