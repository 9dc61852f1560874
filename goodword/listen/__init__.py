"""Listen: sources, raw intake, mentions and their threads, and the ledger of gaps in listening.

Announces MentionsHeard, GapOpened, GapClosed and what happens to sources. What is heard here is understood by a
connector's own parse.
"""
