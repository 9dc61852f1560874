"""Internet mail to what was said. Pure, and at home with what real mail programs write; used by whoever reads mail."""
