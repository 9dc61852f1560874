"""Simulator: the customers of a demo brand, played from a script, on a network that lives in one folder."""
