"""Note which mentions the deep reader shall read again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from goodword.care.models import SecondLook
from goodword.care.weigh import reading_of
from goodword.listen.models import Mention
from goodword.triage.second_look import worth_a_second_look

_SHARE_OF_A_BATCH: Final = 0.1
_AT_LEAST: Final = 16


def plan_second_looks(mentions: Iterable[Mention]) -> None:
    """Note which of a batch just read are worth reading again: a tenth of a large one, so that imports stay quick."""
    rated = [(worth, mention) for mention in mentions if (worth := worth_a_second_look(reading_of(mention)))]
    rated.sort(key=lambda pair: -pair[0])
    most = max(_AT_LEAST, int(_SHARE_OF_A_BATCH * len(rated)))
    looks = [
        SecondLook(workspace_id=mention.workspace_id, mention=mention, worth=worth) for worth, mention in rated[:most]
    ]
    SecondLook.objects.bulk_create(looks, ignore_conflicts=True)
