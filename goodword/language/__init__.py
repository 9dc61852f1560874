"""Language: searches, matching, reading and bursts. Plain Python: no Django, no tables, no clock, no I/O."""
