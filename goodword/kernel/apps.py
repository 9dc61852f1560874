"""How a room is opened: its doors for facts and for time are registered when Django starts."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Room(AppConfig):
    """A room of the house. Its `reactions`, `clock` and `panels`, where it has them, are imported once at the start."""

    default_auto_field = "django.db.models.BigAutoField"
    # A room's `apps` module shows Django two classes, this one and its own; only the latter is meant.
    default = False

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        for door in ("events", "reactions", "clock", "panels"):
            if find_spec(f"{self.name}.{door}"):
                import_module(f"{self.name}.{door}")


class KernelConfig(Room):
    name = "goodword.kernel"
