"""Door for facts: what care does when something was heard."""

from __future__ import annotations

from goodword.care.advance import Report, advance_deliveries
from goodword.care.attending import attend_source, attend_to_all
from goodword.care.events import ReplyFailed, ReplySent
from goodword.care.follow_edits import follow_edits
from goodword.care.given_word import settle_word
from goodword.care.hand_over import hand_over_chat
from goodword.care.let_go import let_go_cases
from goodword.care.review_risk import review_open_cases
from goodword.care.search_words import index_again
from goodword.kernel.clock import current_time
from goodword.kernel.facts import on
from goodword.listen.events import AddressLeft, DeliveriesReported, MentionsChanged, MentionsHeard
from goodword.staff.events import MemberRemoved, RoleChanged
from goodword.triage.events import RiskVersionSwitched


@on(MentionsHeard, queue="pipeline")
def attend_to_mentions(*, source_id: int, **_: object) -> None:
    """Every mention gets its disposition."""
    attend_source(source_id=source_id)


@on(MentionsChanged, queue="search")
def show_new_words(*, workspace_id: int, mention_ids: list[int], **_: object) -> None:
    """Lists show the words that stand there now, and what was edited or deleted is found by them."""
    follow_edits(workspace_id=workspace_id, mention_ids=mention_ids, now=current_time())
    index_again(mention_ids=mention_ids)


@on(AddressLeft, queue="pipeline")
def hand_over(*, workspace_id: int, source_id: int, mailbox_id: int | None, thread_id: int, **_: object) -> None:
    """What was said in the chat, and that it goes on by mail, has its case first."""
    attend_to_all(source_id)
    if mailbox_id is not None:
        attend_to_all(mailbox_id)
    hand_over_chat(workspace_id=workspace_id, thread_id=thread_id, by_mail=mailbox_id is not None, now=current_time())


@on(DeliveriesReported, queue="pipeline")
def advance(*, source_id: int, reports: list[Report], **_: object) -> None:
    """Agents see how far their replies came."""
    advance_deliveries(source_id=source_id, reports=reports, now=current_time())


@on(ReplySent)
def give_word(*, message_id: int, **_: object) -> None:
    """A promise is made, and one is kept, by words that the customer got."""
    settle_word(message_id=message_id, now=current_time())


@on(ReplyFailed)
def take_word_back(*, message_id: int, **_: object) -> None:
    """What came back made no promise and kept none."""
    settle_word(message_id=message_id, now=current_time())


@on(MemberRemoved)
def let_go(*, workspace_id: int, agent_id: int, **_: object) -> None:
    """Nobody waits for an answer from somebody who has left."""
    let_go_cases(workspace_id=workspace_id, agent_id=agent_id, now=current_time())


@on(RoleChanged)
def let_go_by_role(*, workspace_id: int, agent_id: int, **_: object) -> None:
    """Nor from somebody who may only read now."""
    let_go_cases(workspace_id=workspace_id, agent_id=agent_id, now=current_time())


@on(RiskVersionSwitched, queue="reading")
def weigh_anew(*, workspace_id: int, **_: object) -> None:
    """What is open stands in the order of the weights that are in force now."""
    review_open_cases(workspace_id=workspace_id, now=current_time())
