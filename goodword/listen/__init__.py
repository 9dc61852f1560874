"""Listen: sources, raw intake, mentions and their threads, and the ledger of gaps in listening.

Announces MentionsHeard, MentionEdited, GapOpened. What is heard here is understood by a connector's own parse."""
