"""The command line's verbs: each reads its arguments, does one job and returns an exit status."""
