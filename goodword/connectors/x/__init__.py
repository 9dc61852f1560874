"""X (v2 of its API, pay-per-use): what mentions the brand, what a search finds, and answers to it."""
