"""The window of a reader study: one picture after the other, and nothing that tells whose."""
