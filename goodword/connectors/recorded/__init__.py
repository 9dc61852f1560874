"""Recorded file: what customers said earlier, read from a file instead of a network."""
