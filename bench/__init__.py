"""Figures of the whole product. Each module measures one thing beside a yardstick, in one run, and prints it."""
