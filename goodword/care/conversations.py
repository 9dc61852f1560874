"""Whose conversation a mention is part of: its thread's or, under a post of ours, one customer's share of the thread.

See docs/adr/0010: a reply chain is one need where a customer began it. Where we did, each who answers has a need of
their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, Subquery

from goodword.connectors.contract import Direction
from goodword.listen.models import Mention, Thread

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
    """Those that began with public words of ours and in which more than one customer spoke.

    Of each thread the first words are looked up, and whether there is anybody beside the first customer: a thread under
    an announcement has thousands of answers, and each batch asks.
    """
    said = Mention.objects.of(workspace_id).filter(thread=OuterRef("pk")).order_by("at", "id")
    begun = said.annotate(by_us=Q(direction=Direction.OUT.value, private=False, parent_external_id=""))
    spoken = said.filter(direction=Direction.IN.value)
    # As columns, not as conditions: those the planner may answer by reading every mention of the threads once.
    threads = (
        Thread.objects.of(workspace_id)
        .filter(pk__in=thread_ids)
        .annotate(by_us=Subquery(begun.values("by_us")[:1]))
        .annotate(first=Subquery(spoken.values("identity_id")[:1]))
        .annotate(others=Exists(spoken.exclude(identity_id=OuterRef("first"))))
    )
    return {pk for pk, by_us, others in threads.values_list("pk", "by_us", "others") if by_us and others}
