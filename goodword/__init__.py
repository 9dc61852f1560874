"""Goodword: hear what customers say, see each complaint through until the customer says it is solved."""

__version__ = "0.1.0"
