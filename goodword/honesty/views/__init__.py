"""The door for people: one file per resource."""
