"""How a case is handled in time and by whom: deadlines, escalation, routing, rules. It acts through care's verbs.

And how well we did: quality review of what was answered, surveys about the relationship, other weights of risk tried on
the past.

Owns policies and clocks, routing plans and what agents can do, reviews and surveys. Clocks follow the facts of care,
and hours as staff keeps them; announces who was told of a deadline, what was late, and to whom a case was given.
"""
