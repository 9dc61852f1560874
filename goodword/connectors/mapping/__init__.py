"""Payloads of anybody's making (JSON, CSV, forms) to what was said, by a mapping that a person fills in.

Pure, and shared by the connectors that take such payloads: a mapping says at which path of an item its text, its
author, its time stand.
"""
