"""What every process with Django in it does first."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

from goodword.config.embedded import URL_VARIABLE, database
from goodword.config.home import open_home
from goodword.config.kernels import keep_kernels
from goodword.config.processes.logs import log_to_file_or_stderr
from goodword.config.processes.parent import end_with_parent
from goodword.kernel.memory import keep_memory_together


@contextmanager
def django_process(name: str) -> Iterator[None]:
    """Hold the database, and have Django ready. `name` stands in the logs."""
    keep_memory_together()
    end_with_parent()
    log_to_file_or_stderr(name)
    home = open_home()
    keep_kernels(home)
    with database(home) as url:
        os.environ[URL_VARIABLE] = url
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.config.settings")

        import django

        django.setup(set_prefix=False)
        # What was loaded stays to the end: walking through it again and again would be a third of an import's time.
        gc.freeze()
        yield
