"""People: customers and their identities across networks; merging them, and undoing a merge.

Announces PeopleMerged, PeopleMergeUndone."""
