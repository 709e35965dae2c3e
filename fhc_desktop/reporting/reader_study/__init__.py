"""What is said of a reader study: its tables and its plots."""
