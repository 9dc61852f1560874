"""Listen: sources, raw intake, mentions and their threads, saved searches and bursts, the ledger of gaps in listening.

Reacts to SearchSaved (the stored past is looked through) and MentionsHeard (edited words are matched anew). Announces
MentionsHeard, DeliveriesReported, BurstNoticed, GapOpened, GapClosed, and what happens to sources and searches. What is
heard here is understood by a connector's own parse.
"""
