"""Growth standards, and where a head stands on them."""
