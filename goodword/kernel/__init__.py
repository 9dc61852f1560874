"""Kernel: what every room stands on. Small; there is no drawer for the rest.

For rooms, over the database: `facts` and the `jobs` they set off, `live` updates, `copying` of many rows, `redoable`
commits, `files` and what makes them fit to be opened (`clean_file`, `file_types`, `images`, `virus_scan`), `seal` for
secrets. For connectors too, plain Python: `ids`, and speaking with the outside over addresses that were checked
(`addresses`, `checked_connection`, `http`, `http_client`, `websocket`). For processes: `clock`, `memory`, and what
lets others go first on few cores (`unhurried`).
"""
