"""Pages of the community, one file per resource."""
