"""What the process decides, by itself: no tables, no clock."""
