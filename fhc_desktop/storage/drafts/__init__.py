"""Unfinished examinations, kept on this machine until they are accepted and logged."""
