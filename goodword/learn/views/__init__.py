"""Pages of learn, one file per resource."""
