"""Pages of insight, one file per resource."""
