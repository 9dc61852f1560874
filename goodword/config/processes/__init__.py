"""The processes of an installation: `up` watches over PostgreSQL, the web process and the worker.

`supervisor` and what it uses works with the standard library alone; the rest runs in the children, with Django.
"""
