"""Reads everything and writes nothing: the Five Ps scorecard, and the weekly letters. What it keeps (targets, who
reads the letters and what was mailed) belongs to learn."""
