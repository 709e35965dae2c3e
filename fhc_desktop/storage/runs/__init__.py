"""Runs over archives: what was measured so far, kept so that the same call goes on."""
