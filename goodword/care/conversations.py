"""Whose conversation a mention is part of: its thread's or, under a post of ours, one customer's share of the thread.

See docs/adr/0010: a reply chain is one need where a customer began it. Where we did, each who answers has a need of
their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count

from goodword.connectors.contract import Direction
from goodword.listen.models import Mention

# The thread, and the identity of the customer where several share it; else 0.
Conversation = tuple[int, int]
NOBODY = 0


class Sharing:
    """Which of these threads several customers share, and whose share a mention of one is."""

    def __init__(self, workspace_id: int, mentions: Collection[Mention]) -> None:
        self._workspace_id = workspace_id
        self.shared = shared_threads(workspace_id, {mention.thread_id for mention in mentions})

    def conversations(self, mentions: Iterable[Mention]) -> dict[Conversation, list[Mention]]:
        """Each in time order."""
        in_order = sorted(mentions, key=lambda mention: (mention.at, mention.pk))
        answered = self._answered([mention for mention in in_order if mention.thread_id in self.shared])
        found: dict[Conversation, list[Mention]] = defaultdict(list)
        for mention in in_order:
            found[self._of(mention, answered)].append(mention)
        return dict(found)

    def of(self, mention: Mention) -> Conversation:
        """Of one that a customer said."""
        return self._of(mention, {})

    def _of(self, mention: Mention, answered: dict[tuple[int, str], int]) -> Conversation:
        if mention.thread_id not in self.shared:
            return mention.thread_id, NOBODY
        if mention.inbound:
            return mention.thread_id, mention.identity_id
        return mention.thread_id, answered.get((mention.thread_id, mention.parent_external_id), NOBODY)

    def _answered(self, mentions: Collection[Mention]) -> dict[tuple[int, str], int]:
        """Whom our own words answer, by thread and the native id of what they answer."""
        parents = {mention.parent_external_id for mention in mentions if not mention.inbound} - {""}
        if not parents:
            return {}
        rows = Mention.objects.of(self._workspace_id).filter(
            thread_id__in=self.shared, external_id__in=parents, direction=Direction.IN.value
        )
        return {
            (thread, native_id): who
            for thread, native_id, who in rows.values_list("thread_id", "external_id", "identity_id")
        }


def shared_threads(workspace_id: int, thread_ids: Collection[int]) -> set[int]:
    """Those that began with public words of ours and in which more than one customer spoke."""
    of_threads = Mention.objects.of(workspace_id).filter(thread_id__in=thread_ids)
    first = of_threads.order_by("thread_id", "at", "id").distinct("thread_id")
    roots = first.values_list("thread_id", "direction", "private", "parent_external_id")
    ours = [
        thread_id
        for thread_id, direction, private, parent in roots
        if direction == Direction.OUT.value and not private and not parent
    ]
    if not ours:
        return set()
    spoken = Mention.objects.of(workspace_id).filter(thread_id__in=ours, direction=Direction.IN.value)
    counted = spoken.values("thread_id").annotate(customers=Count("identity_id", distinct=True)).order_by()
    return {row["thread_id"] for row in counted if row["customers"] > 1}
