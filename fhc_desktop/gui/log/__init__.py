"""The measurement log as a table."""
