"""The one folder that imports torch."""
