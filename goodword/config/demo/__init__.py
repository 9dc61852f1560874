"""The demo brand, Harbour: its team, its words, and customers played by the simulator through the real pipeline."""

from goodword.config.demo.make import make_demo

__all__ = ["make_demo"]
