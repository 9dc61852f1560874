"""A guestbook on the web: people write into it, and the brand writes below."""
