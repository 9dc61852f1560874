"""Reads everything and writes nothing: the Five Ps scorecard, and the weekly letters. Targets belong to learn."""
