"""Telegram: a bot of the brand, in chats with customers and in groups."""
