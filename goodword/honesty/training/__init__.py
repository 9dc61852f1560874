"""How the weights of the honesty check are made. Never imported when running."""
