"""Twins of outside networks: they speak a network's own HTTP and websocket API on the loopback, with all its troubles.

One engine for all. A `World` holds accounts, posts and threads; `Faults` decide what goes wrong; `Served` answers on a
port. A connector's folder adds `twin.py` with the network's routes and the inverse of its parser:

    def make_twin(world: World) -> Twin

`goodword simulate <connector>` finds it there. For trying Goodword and for tests; it holds everything in memory.
"""
