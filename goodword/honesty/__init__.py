"""What a draft must not do to the one who reads it, checked before anyone outside can.

Owns the rules (`rules`: pure, English where they judge words), a house's policy for each flag, its confidential words,
the statements in force, and a record of what was sent all the same and why. It knows no case: whoever lies above gives
the draft and what is known of its reader, and asks `inspect`.
"""
