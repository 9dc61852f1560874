"""What we said ourselves becomes a mention too, so that threads, echoes and exports find it like anything else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.connectors.contract import Author
from goodword.kernel import live
from goodword.listen.models import Disposition, Mention, Source
from goodword.people.identify import identify


@transaction.atomic
def keep_own_words(
    *,
    source: Source,
    answered: Mention,
    external_id: str,
    text: str,
    private: bool,
    automatic: bool,
    at: datetime,
    now: datetime,
) -> Mention:
    """Keep a reply that the network took under `external_id`. If its echo was faster, the mention is there already.

    It takes no turn, since the caller holds the lock of the case, and a turn may take long. Who has the thread before
    them, as a visitor of the chat has, is told that it went on.
    """
    account = f"{source.connector_key}:{source.pk}"
    identities = identify(
        workspace_id=source.workspace_id,
        channel=source.channel,
        authors=[(Author(native_id=account, name=source.workspace.name), True)],
        now=now,
    )
    words = Mention(
        workspace_id=source.workspace_id,
        source=source,
        external_id=external_id,
        thread_id=answered.thread_id,
        identity=identities[account],
        channel=source.channel,
        parent_external_id=answered.external_id,
        thread_scope=answered.thread_scope,
        direction="out",
        kind=answered.kind,
        private=private,
        automatic=automatic,
        text=text,
        at=at,
        received_at=now,
        disposition=Disposition.OWN,
        decided_at=now,
    )
    Mention.objects.bulk_create([words], ignore_conflicts=True)
    mention = Mention.objects.of(source.workspace_id).get(source=source, external_id=external_id)
    if name := mention.thread.native_id:
        live.announce(source.workspace_id, "ThreadWentOn", f"thread:{name}")
    return mention
