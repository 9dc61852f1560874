"""Language: searches, matching, reading and bursts. No Django, no tables, no clock.

Of the outside it needs only what ships in it: the weights and word lists that it reads, and the machine code that it
keeps once compiled.
"""
