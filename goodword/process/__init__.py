"""How a case is handled in time and by whom: deadlines, escalation, routing, rules. It acts through care's verbs.

Owns policies and clocks, routing plans and what agents can do. Clocks follow the facts of care, and hours as staff
keeps them; announces who was told of a deadline, what was late, and to whom a case was given.
"""
