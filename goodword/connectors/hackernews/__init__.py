"""Hacker News: stories and comments that mention the brand. They are answered on the site itself."""
