"""Triage: how a mention reads, how great its risk is and why, and what needs a human. Rules only; no tables yet."""
