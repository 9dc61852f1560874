"""Bluesky, and any other server of the AT protocol: heard by Jetstream or the firehose, answered through its PDS."""
