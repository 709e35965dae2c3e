"""What any window could use; it knows nothing of heads."""
