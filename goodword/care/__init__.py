"""Care: cases, messages, replies, notes, assignment, resolution and satisfaction.

Reacts to MentionsHeard (a mention becomes part of a case, or gets another disposition), MentionsChanged (it is read
again, and lists say what stands there now), DeliveriesReported (how far replies came), AddressLeft (a chat goes on by
mail), MemberRemoved and RoleChanged (cases go back to their team). Announces CaseOpened and what follows it, up to
the customer's own word that the case is solved.
"""
