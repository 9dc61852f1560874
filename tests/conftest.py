"""Fixtures for every test. The database comes from tests/postgres.py."""

from __future__ import annotations

from hypothesis import settings

# A test fails for what it finds, not for how busy the machine is: figures live in bench/.
settings.register_profile("goodword", deadline=None)
settings.load_profile("goodword")
