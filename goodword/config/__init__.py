"""Composition: settings, addresses, processes and the command line. The only room that sees all others."""
