"""The door for people to listening: the sources."""
