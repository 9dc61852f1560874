class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot do what was asked; the message says what to do about it."""
