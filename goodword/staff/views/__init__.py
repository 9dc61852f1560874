"""The door for agents: signing in, and their own preferences."""
