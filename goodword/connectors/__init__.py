"""Connectors: one folder per outside network, all behind the contract in `contract.py`.

No Django, no tables: a connector talks to its network and translates. What it hears goes to the house as raw
deliveries, and is understood by the same connector's pure `parse`. No connector imports another.
"""
