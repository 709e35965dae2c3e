"""What a Structured Report tells, in a window of its own."""
