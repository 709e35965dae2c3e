"""The verbs of an examination, for the window and the command line alike."""
