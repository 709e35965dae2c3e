"""The folder of a reader study: its lists and pictures, and what each reader said."""
