from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def empty_job_tables(transactional_db: None) -> Iterator[None]:
    """No jobs and no workers, before and after: Django does not empty tables that are not its own."""
    _empty()
    yield
    _empty()
