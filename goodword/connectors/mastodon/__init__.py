"""Mastodon, and whatever speaks its API: one account of the brand on one instance."""
