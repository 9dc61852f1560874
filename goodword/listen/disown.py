"""Words that only claimed to be ours become what they are: somebody else's, in a conversation of their own."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from goodword.connectors.contract import UNPROVEN, Direction
from goodword.listen.models import Mention, Thread


def is_unproven(mention: Mention) -> bool:
    """Whether nothing but what anybody could write says that these words are ours."""
    return not mention.inbound and bool(mention.extra.get(UNPROVEN))


@transaction.atomic
def disown(*, mentions: Sequence[Mention]) -> None:
    """Take the words out of the conversation that they named: they count as heard, and no machine answers them.

    Call it in turn (`Step.ATTENDING`). The instances are changed as their rows are.
    """
    for mention in mentions:
        mention.thread = Thread.objects.create(workspace_id=mention.workspace_id, source_id=mention.source_id)
        mention.direction, mention.automatic = Direction.IN.value, True
        mention.thread_scope = mention.identity.native_id
        mention.extra = mention.extra | {"automatic": "from our own address"}
        del mention.extra[UNPROVEN]
        mention.save(update_fields=["thread", "direction", "automatic", "thread_scope", "extra"])
