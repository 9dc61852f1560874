"""Any address that answers with JSON or CSV, looked at now and then: a shop's reviews, another platform's export."""
