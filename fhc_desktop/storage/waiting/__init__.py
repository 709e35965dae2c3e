"""What was accepted and the log could not take yet."""
