"""The locks that every verb on a reply takes: its case first, as everywhere, then the message."""

from __future__ import annotations

from goodword.care.models import Case, Message


def lock_message(message_id: int) -> Message:
    """The message as it stands now; it and its case are locked until the transaction ends.

    A merge may move it to another case while we wait: then that case is locked.
    """
    while True:
        case_id = Message.objects.values_list("case_id", flat=True).get(pk=message_id)
        case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
        if message.case_id == case_id:
            message.case = case
            return message
