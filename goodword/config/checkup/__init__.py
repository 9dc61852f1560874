"""What `goodword doctor` looks at. Each check says how things are and, where they are not well, what mends them."""

from __future__ import annotations

from collections.abc import Iterator

from goodword.config.checkup.finding import Finding, State
from goodword.config.checkup.installation import look_at_database
from goodword.config.checkup.machine import look_at_disk, look_at_encoding, look_at_home, look_at_port, look_at_python
from goodword.config.checkup.parts import look_at_parts

__all__ = ["Finding", "State", "check_up"]


def check_up(port: int) -> Iterator[Finding]:
    """All checks in order; those of the database start the embedded one if nothing runs."""
    yield look_at_python()
    yield look_at_encoding()
    home = look_at_home()
    yield home
    if home.state is State.ILL:
        return
    yield look_at_disk()
    yield look_at_port(port)
    yield from look_at_database()
    yield from look_at_parts()
