"""How a case is handled in time and by whom: deadlines, escalation, routing, rules. It acts through care's verbs."""
