"""A Facebook Page and its Instagram account: comments in public, messages in private."""
