"""Kernel: facts, jobs, live updates, files, ids and the clock. Small; there is no drawer for the rest.

`facts`, `jobs`, `live` and `files` speak to the database and are for rooms; `ids` and `http` are plain Python.
"""
