"""The measurement log: entries in an encrypted database."""
