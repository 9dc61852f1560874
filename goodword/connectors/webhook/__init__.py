"""A signed webhook, in and out: any system that can call an address is heard, and answered if it has one of its own."""
