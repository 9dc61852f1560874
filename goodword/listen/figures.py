"""Figures in sentences."""

from __future__ import annotations


def in_figures(expected: float) -> str:
    """How many mentions were expected: whole ones, unless there are hardly any."""
    return f"{expected:.0f}" if expected >= 2 else f"{expected:.1f}"
