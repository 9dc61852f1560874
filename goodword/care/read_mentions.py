"""Read what customers said, so that it can be weighed and routed."""

from __future__ import annotations

from collections.abc import Sequence

from goodword.care.plan_second_looks import plan_second_looks
from goodword.listen.models import Mention
from goodword.triage.readers import reader


def read_mentions(inbound: Sequence[Mention]) -> None:
    """Put the quick reader's reading on each, unsaved, and plan a closer look at those that are worth one."""
    for mention, reading in zip(inbound, reader().read([mention.words for mention in inbound]), strict=True):
        mention.reading = reading.as_json()
        mention.sentiment, mention.read_lang = reading.sentiment, reading.lang or None
    plan_second_looks(inbound)
