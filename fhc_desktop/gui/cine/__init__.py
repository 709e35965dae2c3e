"""A clip: it plays, all of its frames are measured, and what they agree on stands beside them."""
