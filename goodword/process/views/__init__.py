"""The door for people: how soon we answer, and who gets what."""
