"""What stays on this machine: the log and the settings."""
