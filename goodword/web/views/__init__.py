"""The door for people to pages that show several rooms at once."""
