"""Web: pages stitched from several rooms: inbox, search, customer, today, set-up; and the live stream."""
