"""What the log knows of one pregnancy, and its course."""
