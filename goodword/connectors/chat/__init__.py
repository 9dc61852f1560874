"""Web chat: what visitors write in the widget on the brand's own pages."""
