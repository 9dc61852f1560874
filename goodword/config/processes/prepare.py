"""What `goodword up` does before the first page: tables, static files, the demo brand, a link to sign in.

Progress goes to standard error; the one line on standard output is JSON: `address`, and `agent` and `link` where
there is somebody to sign in.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from goodword.config.processes.django_process import django_process

_OLDEST_POSTGRESQL = 150000  # As PostgreSQL counts: 15.0.


def main() -> None:
    """Prepare the installation."""
    parser = argparse.ArgumentParser(prog="prepare")
    parser.add_argument("--demo", action=argparse.BooleanOptionalAction, default=True)
    demo = parser.parse_args().demo
    with django_process("prepare"):
        from goodword.config.processes.migrations import make_tables
        from goodword.config.processes.static_files import collect_static_files

        _refuse_unfit_database()
        make_tables(_step)
        collect_static_files()
        if demo:
            _make_demo()
        click.echo(json.dumps(_sign_in()))


def _refuse_unfit_database() -> None:
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        sys.exit(f"The database does not answer: {str(error).strip()}")
    version = connection.connection.info.server_version
    if version < _OLDEST_POSTGRESQL:
        sys.exit(f"Goodword needs PostgreSQL 15 or later; this one is {version // 10000}.")


def _make_demo() -> None:
    """An installation without any workspace gets the demo brand."""
    from goodword.staff.models import Workspace

    if Workspace.objects.exists():
        return
    from goodword.config.demo.make import make_demo
    from goodword.kernel.clock import current_time

    with _step("Making the demo brand, Harbour"):
        make_demo(now=current_time())


def _sign_in() -> dict[str, str]:
    """A one-time link for the first admin there is."""
    from django.conf import settings

    from goodword.config.processes.sign_in import sign_in_address
    from goodword.staff.models import Agent, Role

    address: dict[str, str] = {"address": settings.PUBLIC_URL}
    admin = Agent.objects.filter(is_active=True, memberships__role=Role.ADMIN).order_by("pk").first()
    if admin is None:
        return address
    return address | {"agent": admin.email, "link": sign_in_address(admin)}


@contextmanager
def _step(title: str) -> Iterator[None]:
    started = time.monotonic()
    click.echo(f"{title} … ", nl=False, err=True)
    yield
    click.echo(f"done in {time.monotonic() - started:.1f} s", err=True)


if __name__ == "__main__":
    main()
