"""The results of the command line: JSON, tables and CSV."""
