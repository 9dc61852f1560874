"""Feeds: RSS, Atom and JSON Feed, and what shops and app stores publish of their reviews in them."""
