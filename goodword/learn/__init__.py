"""Why customers complained, what was done about it, and whether the complaints stopped.

Owns problems, improvements and who was told of them; causes belong to triage, the cause of a case to care. Reacts to a
cause being recorded; announces that a fix counts, and that a cause came back.
"""
