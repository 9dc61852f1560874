"""Triage: how a mention reads, its risk and why, what needs a human; and the causes that cases are sorted by."""
