"""The child process that decodes files of unknown origin."""
