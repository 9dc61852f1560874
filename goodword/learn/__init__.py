"""Why customers complained, what was done about it, and whether the complaints stopped."""
