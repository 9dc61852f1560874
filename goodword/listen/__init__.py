"""Listen: sources, raw intake, mentions and their threads, saved searches, bursts, topics, the ledger of gaps.

Reacts to SearchSaved (the stored past is looked through) and MentionsChanged (edited words are matched anew). Announces
MentionsHeard, MentionsChanged, DeliveriesReported, BurstNoticed, TopicRose, GapOpened, GapClosed, and what happens to
sources and searches. What is heard here is understood by a connector's own parse.
"""
