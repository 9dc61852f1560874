"""What a draft must not do to the one who reads it, checked before anyone outside can.

So far its rules: `rules.check` finds in a draft the customer's data shown to all, blame, excuses, over-promising,
selling, a brush-off, and, as a good mark, an apology. Pure; nothing is stored yet.
"""
