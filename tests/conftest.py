"""Fixtures for every test. The database comes from tests/postgres.py."""
