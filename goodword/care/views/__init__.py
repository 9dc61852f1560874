"""The door for people: one file per resource. A view finds, calls one verb, and shows."""
